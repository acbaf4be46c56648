package dev.latchkey.internal.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a server's text fit to be shown on a terminal or in a dialog. */
public final class Text {

  // Escape sequences, line breaks; and the invisible characters that reorder or hide others
  // (bidirectional overrides, zero-width ones).
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cn}]+");

  // A run like this in prose is a token or a code that the server quotes back. A GUID has 36
  // characters; Microsoft's longest permission names have no digit.
  private static final Pattern SECRET =
      Pattern.compile("(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{40,}");

  private Text() {}

  /** One line of prose: each run of control characters becomes a space, invisible ones vanish. */
  public static @Nullable String clean(@Nullable String text, int maxLength) {
    if (text == null) {
      return null;
    }
    return cut(oneLine(text), maxLength);
  }

  /** A code to be typed: control and invisible characters vanish. */
  public static String cleanCode(String code) {
    return INVISIBLE.matcher(BREAKS.matcher(code).replaceAll("")).replaceAll("").strip();
  }

  /** Cleaned prose in which nothing like a token is left, nor the part of one before the cut. */
  public static @Nullable String cleanWithoutSecrets(@Nullable String text, int maxLength) {
    return text == null
        ? null
        : cut(SECRET.matcher(oneLine(text)).replaceAll("[redacted]"), maxLength);
  }

  private static String oneLine(String text) {
    return INVISIBLE.matcher(BREAKS.matcher(text).replaceAll(" ")).replaceAll("").strip();
  }

  private static String cut(String line, int maxLength) {
    if (line.length() <= maxLength) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return line.substring(0, end);
  }
}
