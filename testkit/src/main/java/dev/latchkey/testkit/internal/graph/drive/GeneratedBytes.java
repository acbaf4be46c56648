package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.http.Bytes;
import java.io.InputStream;
import java.util.Objects;

/** Bytes that are computed when they are read: the same for each seed, and not compressible. */
public record GeneratedBytes(long seed, long size) implements Bytes {

  @Override
  public InputStream open(long from) {
    return new Stream(from);
  }

  private final class Stream extends InputStream {

    private long position;
    private long word;

    Stream(long from) {
      position = from;
      word = wordAt(from);
    }

    @Override
    public int read() {
      if (position >= size) {
        return -1;
      }
      int value = (int) (word >>> ((position & 7) * 8)) & 0xff;
      if ((++position & 7) == 0) {
        word = wordAt(position);
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (length == 0) {
        return 0;
      }
      int count = (int) Math.min(length, size - position);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = (byte) read();
      }
      return count <= 0 ? -1 : count;
    }

    /** SplitMix64, which computes any word of the sequence without the words before it. */
    private long wordAt(long at) {
      long z = (seed + (at >>> 3) + 1) * 0x9e3779b97f4a7c15L;
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
      return z ^ (z >>> 31);
    }
  }
}
