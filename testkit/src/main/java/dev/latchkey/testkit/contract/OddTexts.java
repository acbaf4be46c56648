package dev.latchkey.testkit.contract;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that one storage or another has damaged. */
final class OddTexts {

  private static final int MAX_LENGTH = 100_000;

  private OddTexts() {}

  static List<String> all() {
    return List.of(
        "x",
        " ",
        "\n",
        "\u0000",
        "a\u0000b\u0000",
        "line\nline\r\nline\r\n",
        "\uFEFFbyte order mark",
        "\uFFFF\uFFFE are no characters",
        "\u00E9 is not e\u0301",
        "\u65E5\u672C\u8A9E",
        "\uD83D\uDE00 beyond the BMP \uDBFF\uDFFF",
        "{\"json\":\"\\u0000\\\\\",'%s':$0}|;,=\"`<>&",
        allOfLatinAndControl(),
        "n".repeat(1280),
        "n".repeat(1281),
        "n".repeat(8_191) + "\uD83D\uDE00",
        "n".repeat(MAX_LENGTH),
        "\u20AC".repeat(MAX_LENGTH),
        "\uD83D\uDE00".repeat(MAX_LENGTH / 2));
  }

  private static String allOfLatinAndControl() {
    return IntStream.range(0, 0x300).mapToObj(Character::toString).collect(Collectors.joining());
  }
}
