package dev.latchkey.testkit.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A section of other bytes. */
record PartOfBytes(Bytes whole, long first, long size) implements Bytes {

  @Override
  public InputStream open(long from) throws IOException {
    return new Stream(whole.open(first + from), size - from);
  }

  private static final class Stream extends FilterInputStream {

    private long left;

    Stream(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? super.read() : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
