package dev.latchkey.testkit.graph;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory. */
public final class BytesContent implements Content {

  private final byte[] bytes;

  /** Keeps a copy of these bytes. */
  public BytesContent(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open(long from) {
    int offset = Math.toIntExact(from);
    return new ByteArrayInputStream(bytes, offset, bytes.length - offset);
  }
}
