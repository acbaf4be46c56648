package dev.latchkey.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.internal.text.Sha256;

/** File names to which a suffix can be added on every disk. */
public final class ShortName {

  /** Disks permit 255 bytes, and some that encrypt names only 143. */
  private static final int MAX_BYTES = 100;

  private static final int KEPT_BYTES = 60;
  private static final int HASH_DIGITS = 32;

  private ShortName() {}

  /** The name itself, or the beginning of a long one with the hash of the whole. */
  public static String of(String name) {
    if (name.getBytes(UTF_8).length <= MAX_BYTES) {
      return name;
    }
    int end = 0;
    int bytes = 0;
    while (true) {
      int next = name.codePointAt(end);
      bytes += Character.toString(next).getBytes(UTF_8).length;
      if (bytes > KEPT_BYTES) {
        return name.substring(0, end) + "~" + Sha256.hex(name).substring(0, HASH_DIGITS);
      }
      end += Character.charCount(next);
    }
  }
}
