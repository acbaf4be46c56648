package dev.latchkey.internal.oauth;

import dev.latchkey.internal.http.HttpReply;

/**
 * A reply as it came: its bytes may hold a token that exists nowhere else. They are read by whoever
 * answers for that token, on a thread of its own, and can be read again if something goes wrong.
 */
public final class UnreadReply {

  private final ReplyReader reader;
  private final HttpReply http;

  UnreadReply(ReplyReader reader, HttpReply http) {
    this.reader = reader;
    this.http = http;
  }

  int status() {
    return http.status();
  }

  /** Reads all of it. Nothing that a server sends makes this throw. */
  public Reply read() {
    return reader.read(http);
  }

  /**
   * Reads the body alone, with as little code as possible: for what can be saved after {@link
   * #read} has failed for a reason that nobody foresaw.
   */
  public Reply readBodyOnly() {
    return reader.readBodyOnly(http);
  }

  /** Leaves out the body. */
  @Override
  public String toString() {
    return "UnreadReply[" + http + "]";
  }
}
