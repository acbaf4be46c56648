package dev.latchkey.examples.desktop.state;

/** The channels, and the message to post. */
public record ChannelState(Listed<ChannelChoice> listed, Submission submission) {

  static final ChannelState EMPTY = new ChannelState(Listed.notAsked(), Submission.EMPTY);

  ChannelState listing(Listed<ChannelChoice> changed) {
    return new ChannelState(changed, submission);
  }

  ChannelState with(Submission changed) {
    return new ChannelState(listed, changed);
  }
}
