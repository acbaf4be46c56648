package dev.latchkey.graph.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Base64;
import java.util.Objects;

/**
 * The size of bytes that are here, and the hash that OneDrive and SharePoint give of every file
 * (QuickXorHash), to be compared with what Graph says. Guards against accidents, not against
 * people. Not thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash">The
 *     algorithm</a>
 */
final class Fingerprint {

  private static final int BUFFER = 1 << 16;
  private static final int CELLS = 20;
  private static final int BITS = CELLS * 8;
  private static final int SHIFT = 11;

  private final byte[] cells = new byte[CELLS];
  private int bit;
  private long size;

  /** Each byte is xored into a ring of 160 bits, 11 bits further than the one before. */
  void update(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      int shifted = (bytes[i] & 0xff) << (bit & 7);
      int cell = bit >>> 3;
      cells[cell] ^= (byte) shifted;
      cells[cell + 1 == CELLS ? 0 : cell + 1] ^= (byte) (shifted >>> 8);
      bit += SHIFT;
      if (bit >= BITS) {
        bit -= BITS;
      }
    }
    size += count;
  }

  /** Of a whole file. */
  static Fingerprint of(FileChannel file) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    byte[] buffer = new byte[BUFFER];
    ByteBuffer bytes = ByteBuffer.wrap(buffer);
    for (int count = file.read(bytes, 0); count >= 0; count = file.read(bytes, fingerprint.size)) {
      fingerprint.update(buffer, count);
      bytes.clear();
    }
    return fingerprint;
  }

  /** The hash in Base64, as Graph writes it. */
  String quickXorHash() {
    byte[] digest = cells.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      digest[CELLS - Long.BYTES + i] ^= (byte) (size >>> (8 * i));
    }
    return Base64.getEncoder().encodeToString(digest);
  }

  /**
   * Whether these can be the bytes of the item. Of an Office file, SharePoint may give the size and
   * the hash that it had before properties were written into it, and OneDrive those of a photo
   * before it was converted: a hash counts only where the size is right.
   */
  boolean contradicts(DriveItem item) {
    DriveItem.File file = item.file();
    String given = file == null ? null : file.quickXorHash();
    return given != null && Objects.equals(item.size(), size) && !given.equals(quickXorHash());
  }

  /** Whether the item has the same size, and the same hash if it has one. */
  boolean fits(DriveItem item) {
    return Objects.equals(item.size(), size) && !contradicts(item);
  }
}
