package dev.latchkey.examples.desktop.state;

/** A channel to post to. */
public record ChannelChoice(String teamId, String channelId, String name) {

  /** What a list of channels shows. */
  @Override
  public String toString() {
    return name;
  }
}
