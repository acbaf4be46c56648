package dev.latchkey.examples.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Breaks lines between words. A word that is longer than the line stays in one piece, so that an
 * address or a code can be copied.
 */
public final class Wrap {

  /** Stands for a space at which no line may break; {@link Printable} lets none through. */
  private static final char FIXED = '\0';

  private Wrap() {}

  /** The text with its spaces fixed, so that it stays on one line. */
  public static String fixed(String text) {
    return text.replace(' ', FIXED);
  }

  /**
   * Breaks one line.
   *
   * @param columns the width
   * @param indent what the lines after the first begin with
   * @return at least one line
   */
  public static List<String> lines(String text, int columns, String indent) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    String before = "";
    int at = place(rest, columns);
    while (at > 0) {
      lines.add(before + rest.substring(0, at).stripTrailing());
      rest = rest.substring(at).stripLeading();
      before = indent;
      at = place(rest, Math.max(1, columns - indent.length()));
    }
    lines.add(before + rest);
    lines.replaceAll(line -> line.replace(FIXED, ' '));
    return lines;
  }

  /** Where the line breaks; 0 if it does not. */
  private static int place(String text, int columns) {
    int begin = text.length() - text.stripLeading().length();
    if (text.codePointCount(0, text.length()) <= columns) {
      return 0;
    }
    int end = text.offsetByCodePoints(0, columns);
    int space = text.lastIndexOf(' ', end);
    int at = space > begin ? space : text.indexOf(' ', Math.max(begin, end));
    return at < 0 || text.substring(at).isBlank() ? 0 : at;
  }
}
