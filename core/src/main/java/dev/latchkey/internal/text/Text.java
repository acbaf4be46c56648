package dev.latchkey.internal.text;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a server's text safe to show on a terminal or in a dialog. */
public final class Text {

  // Control characters, which begin escape sequences, and line breaks; then invisible characters,
  // which reorder or hide others (bidirectional overrides, zero-width characters).
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cn}]+");

  // Such a run in prose is a token or a code that the server quotes. A GUID has 36 characters;
  // Microsoft's longest permission names have no digit.
  private static final Pattern SECRET =
      Pattern.compile("(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{40,}");

  private Text() {}

  /** One line of prose: a run of control characters becomes a space; invisible ones are dropped. */
  public static @Nullable String clean(@Nullable String text, int maxLength) {
    return text == null ? null : cut(oneLine(text), maxLength);
  }

  /** A code to type: control and invisible characters are dropped. */
  public static String cleanCode(String code) {
    return INVISIBLE.matcher(BREAKS.matcher(code).replaceAll("")).replaceAll("").strip();
  }

  /** As {@link #clean}, and without anything like a token, also where the text is cut. */
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
