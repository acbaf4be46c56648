package dev.latchkey.internal.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes foreign text safe to show on a terminal, in a dialog or in a log. Everything here takes
 * time in proportion to the length of the text, whatever the text is.
 *
 * <p>Text is cleaned once, where it enters the model. A value that goes back to a server, or that
 * is compared as a key, is never cleaned: {@link #verbatim} keeps it as it is or not at all,
 * because the cleaned id of one person or tenant could be the id of another.
 */
public final class Text {

  private static final int MIN_SECRET_LENGTH = 40;

  // Such a run in prose is a token or a code that the server quotes. A GUID has 36 characters;
  // Microsoft's longest permission names have no digit. The pattern begins only where a run
  // begins, so that it looks at each character a fixed number of times.
  private static final Pattern SECRET =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{" + MIN_SECRET_LENGTH + ",}");

  private Text() {}

  /** One line of prose: a run of control characters becomes a space; invisible ones are dropped. */
  public static @Nullable String clean(@Nullable String text, int maxLength) {
    return text == null ? null : cut(oneLine(text), maxLength);
  }

  /** A name to show, cleaned; null if nothing that can be seen is left of it. */
  public static @Nullable String cleanName(@Nullable String name, int maxLength) {
    String line = clean(name, maxLength);
    return line == null || line.isEmpty() ? null : line;
  }

  /** A code to type, or a scope: control and invisible characters are dropped. */
  public static String cleanCode(String code) {
    if (isPrintableAscii(code)) {
      return code.strip();
    }
    StringBuilder clean = new StringBuilder(code.length());
    for (int at = 0; at < code.length(); ) {
      int c = code.codePointAt(at);
      at += Character.charCount(c);
      if (!Characters.isBreak(c) && !Characters.isInvisible(c)) {
        clean.appendCodePoint(Characters.shown(c));
      }
    }
    return clean.toString().strip();
  }

  /** As {@link #clean}, and without anything like a token, also where the text is cut. */
  public static @Nullable String cleanWithoutSecrets(@Nullable String text, int maxLength) {
    if (text == null) {
      return null;
    }
    String line = oneLine(text);
    boolean mayHoldOne = line.length() >= MIN_SECRET_LENGTH;
    return cut(mayHoldOne ? SECRET.matcher(line).replaceAll("[redacted]") : line, maxLength);
  }

  /**
   * An identifier, which is kept as it is or not at all.
   *
   * @return the same text; null if there is none, or if it is longer, blank, {@linkplain #isClean
   *     not clean}, or was repaired with U+FFFD
   */
  public static @Nullable String verbatim(@Nullable String id, int maxLength) {
    return id == null
            || id.isBlank()
            || id.length() > maxLength
            || id.indexOf(0xFFFD) >= 0
            || !isClean(id)
        ? null
        : id;
  }

  /** Whether a text has no control or invisible character, no line break and no half character. */
  public static boolean isClean(String text) {
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (Characters.isUnsafe(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same JSON, safe to show: what {@link #isClean} objects to is escaped, and line breaks
   * between the tokens become spaces. For JSON that goes back to a server.
   *
   * @param json valid JSON, which has control characters only between its tokens
   */
  public static String escapeJson(String json) {
    if (isClean(json)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    for (int at = 0; at < json.length(); ) {
      int c = json.codePointAt(at);
      int end = at + Character.charCount(c);
      if (c < ' ') {
        escaped.append(' ');
      } else if (Characters.isUnsafe(c)) {
        for (; at < end; at++) {
          escaped.append("\\u").append(hex(json.charAt(at)));
        }
      } else {
        escaped.appendCodePoint(c);
      }
      at = end;
    }
    return escaped.toString();
  }

  private static String hex(char c) {
    return Integer.toHexString(0x10000 | c).substring(1);
  }

  /** Nearly every text that is read again and again, such as a scope, needs no other look. */
  private static boolean isPrintableAscii(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (!Characters.isPrintableAscii(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }

  private static String oneLine(String text) {
    if (isPrintableAscii(text)) {
      return text.strip();
    }
    StringBuilder line = new StringBuilder(text.length());
    boolean afterBreak = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean isBreak = false;
      if (Characters.isPrintableAscii(c)) {
        line.append((char) c);
      } else if (Characters.isBreak(c)) {
        isBreak = true;
        line.append(afterBreak ? "" : " ");
      } else if (!Characters.isInvisible(c)) {
        line.appendCodePoint(Characters.shown(c));
      }
      afterBreak = isBreak;
    }
    return line.toString().strip();
  }

  /** The beginning of a line, without half of a character at its end. */
  public static String cut(String line, int maxLength) {
    if (line.length() <= maxLength) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return line.substring(0, end);
  }
}
