package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Base64;
import java.util.Objects;

/**
 * The size of some bytes and the hash that OneDrive and SharePoint report for every file
 * (QuickXorHash), for comparison with Graph. Protects against accidents, not against attackers. Not
 * thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash">The
 *     algorithm</a>
 */
final class ContentFingerprint {

  private static final int BUFFER = 1 << 16;
  private static final int CELLS = 20;
  private static final int BITS = CELLS * 8;
  private static final int SHIFT = 11;

  private final byte[] cells = new byte[CELLS];
  private int bit;
  private long size;

  /** Adds bytes. Each is XORed into a ring of 160 bits, 11 bits further than the one before. */
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

  /** The fingerprint of a whole file. */
  static ContentFingerprint of(FileChannel file) throws IOException {
    ContentFingerprint fingerprint = new ContentFingerprint();
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
   * Whether these cannot be the bytes of the item. For an Office file, SharePoint may report the
   * size and the hash from before it wrote properties into it, and OneDrive those of a photo from
   * before its conversion: a hash counts only where the size matches.
   */
  boolean contradicts(DriveItem item) {
    DriveItem.File file = item.file();
    String given = file == null ? null : file.quickXorHash();
    return given != null && Objects.equals(item.size(), size) && !given.equals(quickXorHash());
  }

  /** Whether the item has this size, and this hash if it has one. */
  boolean matches(DriveItem item) {
    return Objects.equals(item.size(), size) && !contradicts(item);
  }
}
