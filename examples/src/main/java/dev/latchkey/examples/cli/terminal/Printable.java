package dev.latchkey.examples.cli.terminal;

import java.util.regex.Pattern;

/**
 * The last filter before a terminal: whatever a server, a file name or another library says,
 * nothing of it moves the cursor, begins a line of its own, or is there unseen.
 */
public final class Printable {

  /**
   * Control characters and line breaks; format characters; and those that show as nothing although
   * they are letters, marks or symbols.
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cf}\\p{Cn}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F"
              + "\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}]");

  /** A token or a code: long, and with a digit in it. */
  private static final Pattern SECRET =
      Pattern.compile("(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{40,}");

  private Printable() {}

  /** The text as one line, with a space in the place of each character that is not shown. */
  public static String line(String text) {
    return UNSEEN.matcher(text).replaceAll(" ");
  }

  /** The text as one line, without anything like a token: for a log, which people pass on. */
  static String logLine(String text) {
    return SECRET.matcher(line(text)).replaceAll("[redacted]");
  }
}
