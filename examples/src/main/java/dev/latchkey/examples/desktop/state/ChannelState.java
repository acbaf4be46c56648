package dev.latchkey.examples.desktop.state;

/** The channels, and the message to post. */
public record ChannelState(Listed<ChannelChoice> listed, Form form) {

  static final ChannelState EMPTY = new ChannelState(Listed.notAsked(), Form.EMPTY);

  ChannelState listing(Listed<ChannelChoice> changed) {
    return new ChannelState(changed, form);
  }

  ChannelState with(Form changed) {
    return new ChannelState(listed, changed);
  }
}
