package dev.latchkey.internal.json;

/**
 * Repairs JSON that holds half of a surrogate pair, as of an emoji that somebody cut in two: U+FFFD
 * takes its place. No encoding can carry half a pair, so it could not be stored, and Gson's
 * versions disagree about it: one passes it on, another fails. It is a fault of one name, and no
 * reason to turn the person away.
 */
final class LoneSurrogates {

  private static final String REPLACEMENT = "\\ufffd";
  private static final int ESCAPE = 6;

  private LoneSurrogates() {}

  /** Repairs escapes and characters. */
  static String repair(String json) {
    StringBuilder repaired = null; // only if there is something to repair
    int copied = 0;
    int at = 0;
    while (at < json.length()) {
      char first = json.charAt(at);
      if (first != '\\' && first < Character.MIN_SURROGATE) { // as nearly all are
        at++;
        continue;
      }
      int length = lengthAt(json, at);
      int unit = unitAt(json, at, length);
      int next = at + length;
      if (unit >= 0 && Character.isSurrogate((char) unit)) {
        int nextLength = next < json.length() ? lengthAt(json, next) : 0;
        int low = nextLength == 0 ? -1 : unitAt(json, next, nextLength);
        if (Character.isHighSurrogate((char) unit)
            && low >= 0
            && Character.isLowSurrogate((char) low)) {
          next += nextLength;
        } else {
          repaired = repaired == null ? new StringBuilder(json.length()) : repaired;
          repaired.append(json, copied, at).append(REPLACEMENT);
          copied = next;
        }
      }
      at = next;
    }
    return repaired == null ? json : repaired.append(json, copied, json.length()).toString();
  }

  /** Whether a text has an escape of either half of a pair, lone or not. */
  static boolean mayBeEscaped(byte[] utf8) {
    for (int at = 0; at + 2 < utf8.length; at++) {
      if (utf8[at] == '\\' && utf8[at + 1] == 'u' && (utf8[at + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  /** Repairs halves that were encoded on their own, as Java's modified UTF-8 and CESU-8 do. */
  static byte[] repair(byte[] utf8) {
    byte[] repaired = null;
    for (int at = 0; at + 2 < utf8.length; at++) {
      if (utf8[at] == (byte) 0xED
          && (utf8[at + 1] & 0xE0) == 0xA0
          && (utf8[at + 2] & 0xC0) == 0x80) {
        repaired = repaired == null ? utf8.clone() : repaired;
        repaired[at] = (byte) 0xEF;
        repaired[at + 1] = (byte) 0xBF;
        repaired[at + 2] = (byte) 0xBD;
      }
    }
    return repaired == null ? utf8 : repaired;
  }

  /** The length of the character or escape at an index. */
  private static int lengthAt(String json, int at) {
    if (json.charAt(at) != '\\' || at + 1 == json.length()) {
      return 1;
    }
    boolean unicode = json.charAt(at + 1) == 'u' && at + ESCAPE <= json.length();
    return unicode ? ESCAPE : 2;
  }

  /** The UTF-16 unit that the character or escape stands for; -1 if it cannot be a surrogate. */
  private static int unitAt(String json, int at, int length) {
    if (length == 1) {
      return json.charAt(at);
    }
    if (length != ESCAPE) {
      return -1;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      int digit = Character.digit(json.charAt(i), 16);
      if (digit < 0 || json.charAt(i) > 'f') {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }
}
