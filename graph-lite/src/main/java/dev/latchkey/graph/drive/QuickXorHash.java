package dev.latchkey.graph.drive;

import java.util.Base64;

/**
 * The hash that OneDrive and SharePoint give of every file. Guards against accidents, not against
 * people. Not thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash">The
 *     algorithm</a>
 */
final class QuickXorHash {

  private static final int BYTES = 20;
  private static final int BITS = BYTES * 8;
  private static final int SHIFT = 11;

  private final byte[] cells = new byte[BYTES];
  private long length;
  private int bit;

  /** Each byte is xored into a ring of 160 bits, 11 bits further than the one before. */
  void update(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      int shifted = (bytes[i] & 0xff) << (bit & 7);
      int cell = bit >>> 3;
      cells[cell] ^= (byte) shifted;
      cells[cell + 1 == BYTES ? 0 : cell + 1] ^= (byte) (shifted >>> 8);
      bit += SHIFT;
      if (bit >= BITS) {
        bit -= BITS;
      }
    }
    length += count;
  }

  /** Base64, as Graph writes it. */
  String digest() {
    byte[] digest = cells.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      digest[BYTES - Long.BYTES + i] ^= (byte) (length >>> (8 * i));
    }
    return Base64.getEncoder().encodeToString(digest);
  }
}
