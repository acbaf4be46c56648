package dev.latchkey.testkit.internal.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in memory. */
public final class BytesInMemory implements Bytes {

  private final byte[] bytes;

  /** Keeps a copy of these bytes. */
  public BytesInMemory(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** The text in UTF-8. */
  public static BytesInMemory of(String text) {
    return new BytesInMemory(text.getBytes(StandardCharsets.UTF_8));
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
