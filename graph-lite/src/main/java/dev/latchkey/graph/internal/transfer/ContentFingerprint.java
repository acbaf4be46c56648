package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.internal.text.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The size of some bytes and the hash that OneDrive and SharePoint report for most files
 * (QuickXorHash, or else SHA-256), for comparison with Graph. Protects against accidents, not
 * against attackers. Not thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash">The
 *     algorithm</a>
 */
final class ContentFingerprint {

  private static final int BUFFER = 1 << 16;
  private static final int CELLS = 20;
  private static final int BITS = CELLS * 8;
  private static final int SHIFT = 11;

  /** Room for the properties that SharePoint writes into a small Office file. */
  private static final long MAX_GROWTH = 1 << 16;

  /** A rewritten file has changed by at most one part of so many. */
  private static final int FRACTION = 4;

  /** Types into which SharePoint writes properties, and photos, which OneDrive converts. */
  private static final Pattern REWRITTEN =
      Pattern.compile(
          ".*\\.(do[ct][xm]?|xl[st][xmb]?|p[po][ts][xm]?|one|vsdx?|mpp|pub"
              + "|jpe?g|jfif|hei[cf]|png|gif|tiff?|webp)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern PAGE =
      Pattern.compile(".*(html?|json)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The XOR of all bytes whose positions differ by a multiple of its length. */
  private final byte[] ring = new byte[BITS];

  private final @Nullable MessageDigest sha256;

  /** Once it has been asked for; no bytes are added after that. */
  private @Nullable String sha256Hash;

  private long size;

  /** Starts without bytes, to be compared with this item. */
  static ContentFingerprint comparedWith(DriveItem item) {
    return new ContentFingerprint(needsSha256(item) ? Sha256.digest() : null);
  }

  /** Whether these bytes can be compared with this item, too. */
  boolean suits(DriveItem item) {
    return sha256 != null || !needsSha256(item);
  }

  private static boolean needsSha256(DriveItem item) {
    DriveItem.File file = item.file();
    return file != null && file.quickXorHash() == null && file.sha256Hash() != null;
  }

  /** Starts without bytes. With a digest, they can be compared with a SHA-256. */
  ContentFingerprint(@Nullable MessageDigest sha256) {
    this.sha256 = sha256;
  }

  /** Adds bytes. */
  void update(byte[] bytes, int count) {
    int at = (int) (size % BITS);
    int whole = count - count % BITS;
    addWords(bytes, whole, at);
    for (int i = whole; i < count; i++, at++) {
      ring[at % BITS] ^= bytes[i];
    }
    size += count;
    if (sha256 != null) {
      sha256.update(bytes, 0, count);
    }
  }

  /**
   * Adds bytes that go round the ring, word by word: a JVM that has just started runs loops of
   * bytes slowly.
   *
   * @param at where in the ring they begin, and end
   */
  private void addWords(byte[] bytes, int whole, int at) {
    long[] sums = new long[BITS / Long.BYTES];
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (int first = 0; first < whole; first += BITS) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] ^= words.getLong(first + i * Long.BYTES);
      }
    }
    byte[] sum = new byte[BITS];
    ByteBuffer.wrap(sum).order(ByteOrder.nativeOrder()).asLongBuffer().put(sums);
    for (int i = 0; i < BITS; i++) {
      ring[(at + i) % BITS] ^= sum[i];
    }
  }

  /** Adds the first bytes of a file, or all if it has fewer. */
  ContentFingerprint with(FileChannel file, long end) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int count = 0;
    while (count >= 0 && size < end) {
      update(buffer, count);
      int most = (int) Math.min(BUFFER, end - size);
      count = file.read(ByteBuffer.wrap(buffer, 0, most), size);
    }
    return this;
  }

  /**
   * The hash in Base64, as Graph writes it. Each byte is XORed into 160 bits, 11 bits further than
   * the one before.
   */
  String quickXorHash() {
    byte[] digest = new byte[CELLS];
    for (int i = 0, bit = 0; i < BITS; i++, bit = (bit + SHIFT) % BITS) {
      int shifted = (ring[i] & 0xff) << (bit & 7);
      int cell = bit >>> 3;
      digest[cell] ^= (byte) shifted;
      digest[(cell + 1) % CELLS] ^= (byte) (shifted >>> 8);
    }
    for (int i = 0; i < Long.BYTES; i++) {
      digest[CELLS - Long.BYTES + i] ^= (byte) (size >>> (8 * i));
    }
    return Base64.getEncoder().encodeToString(digest);
  }

  /** Whether the item has the hash of these bytes; null if it has none that is known here. */
  private @Nullable Boolean hasHash(DriveItem item) {
    DriveItem.File file = item.file();
    if (file == null) {
      return null;
    }
    if (file.quickXorHash() != null) {
      return file.quickXorHash().equals(quickXorHash());
    }
    if (file.sha256Hash() == null || sha256 == null) {
      return null;
    }
    if (sha256Hash == null) {
      sha256Hash = HexFormat.of().formatHex(sha256.digest());
    }
    return file.sha256Hash().equalsIgnoreCase(sha256Hash);
  }

  /** Whether the item has this size, and this hash if it has one. */
  boolean matches(DriveItem item) {
    return Objects.requireNonNullElse(item.size(), size) == size
        && !Boolean.FALSE.equals(hasHash(item));
  }

  /**
   * Whether these may be the bytes of the item although the size differs. OneDrive has reported the
   * size of a photo or a document from before it changed the bytes, with the hash from after that;
   * for an Office file, SharePoint reports both from before.
   */
  boolean mayBeRewritten(DriveItem item) {
    Long before = item.size();
    return before != null
        && before != size
        && (Boolean.TRUE.equals(hasHash(item)) || isRewriting(item, before, size));
  }

  /** Whether a file of this type may have had one size and then the other: a small difference. */
  static boolean isRewriting(DriveItem item, long before, long after) {
    return after > 0
        && after >= before - before / FRACTION
        && after <= most(item, before)
        && isRewritten(item);
  }

  /** The most bytes that may come for an item; no limit if Graph gives no size. */
  static long most(DriveItem item) {
    return item.size() == null ? Long.MAX_VALUE : most(item, item.size());
  }

  private static long most(DriveItem item, long size) {
    return isRewritten(item) ? size + Math.max(MAX_GROWTH, size / FRACTION) : size;
  }

  private static boolean isRewritten(DriveItem item) {
    return item.name() != null && REWRITTEN.matcher(item.name()).matches();
  }

  /** Whether Graph knows a hash of the item. */
  static boolean isHashed(DriveItem item) {
    DriveItem.File file = item.file();
    return file != null && (file.quickXorHash() != null || file.sha256Hash() != null);
  }

  /**
   * Whether a response may hold the bytes of the item, by what its head says.
   *
   * @param total the number of bytes; -1 if it does not say
   * @param mediaType its {@code Content-Type}
   */
  static boolean mayBeIn(DriveItem item, long total, String mediaType) {
    Long size = item.size();
    if (size != null && total == size) {
      return true;
    }
    DriveItem.File file = item.file();
    return (size == null
            || total < 0
            || (isHashed(item)
                ? total > 0 && total <= most(item, size)
                : isRewriting(item, size, total)))
        && (!isPage(mediaType.split(";", 2)[0].strip())
            || isPage(item.name())
            || (file != null && isPage(file.mimeType())));
  }

  /** Whether it names a type of which error pages are: HTML or JSON. */
  private static boolean isPage(@Nullable String nameOrType) {
    return nameOrType != null && PAGE.matcher(nameOrType).matches();
  }
}
