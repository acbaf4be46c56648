package dev.latchkey.internal.browser;

import org.jspecify.annotations.Nullable;

/** Reads the head of a request to the redirect URI, for tests of other packages. */
public final class ReadRequestHead {

  private ReadRequestHead() {}

  /** The query; null if the bytes are no head. */
  public static @Nullable String query(byte[] head) {
    int length = Math.min(head.length, Connection.MAX_HEAD_LENGTH);
    RequestHead read = RequestHead.parse(head, length);
    return read == null ? null : read.query();
  }
}
