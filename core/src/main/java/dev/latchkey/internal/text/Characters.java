package dev.latchkey.internal.text;

/** Which characters nobody can see, or do more than being seen. */
final class Characters {

  private Characters() {}

  /** Control characters, which begin escape sequences, and line breaks. */
  static boolean isBreak(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /**
   * Characters that reorder or hide others (bidirectional overrides, zero-width characters, tags),
   * and those that show as nothing. Java knows no property for the latter: they are letters, marks
   * and symbols to it. The list is Unicode's Default_Ignorable_Code_Point, and the blank Braille
   * pattern.
   */
  static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.UNASSIGNED -> true;
      default ->
          c == 0x034F // combining grapheme joiner
              || c == 0x115F // Hangul fillers
              || c == 0x1160
              || c == 0x3164
              || c == 0xFFA0
              || c == 0x17B4 // Khmer inherent vowels
              || c == 0x17B5
              || (c >= 0x180B && c <= 0x180F) // Mongolian variation selectors
              || (c >= 0xFE00 && c <= 0xFE0F) // variation selectors
              || (c >= 0xE0000 && c <= 0xE0FFF) // tags, and more variation selectors
              || c == 0x2800; // Braille pattern blank
    };
  }

  /** Whether a character must not be shown as it is. */
  static boolean isUnsafe(int c) {
    return !isPrintableAscii(c)
        && (isBreak(c) || isInvisible(c) || Character.getType(c) == Character.SURROGATE);
  }

  /** The characters that most texts consist of, and that need no look at the tables. */
  static boolean isPrintableAscii(int c) {
    return c >= ' ' && c <= '~';
  }

  /** What stands for a character: half a pair cannot be encoded, and some spaces look like none. */
  static int shown(int c) {
    return switch (Character.getType(c)) {
      case Character.SURROGATE -> 0xFFFD;
      case Character.SPACE_SEPARATOR -> ' ';
      default -> c;
    };
  }
}
