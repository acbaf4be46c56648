package dev.latchkey.examples.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrapTest {

  @Test
  void linesBreakBetweenWordsAndKeepTheirColumns() {
    assertThat(Wrap.lines("store     files in a directory", 20, "  "))
        .containsExactly("store     files in a", "  directory");
    assertThat(Wrap.lines("    an indent is kept", 12, "    "))
        .containsExactly("    an", "    indent", "    is kept");
    assertThat(Wrap.lines("exactly ten", 11, "")).containsExactly("exactly ten");
    assertThat(Wrap.lines("", 11, "")).containsExactly("");
  }

  @Test
  void longWordStaysInOnePiece() {
    assertThat(Wrap.lines("open https://login.example.com/device now", 12, ""))
        .containsExactly("open", "https://login.example.com/device", "now");
    assertThat(Wrap.lines("https://login.example.com/device", 12, ""))
        .containsExactly("https://login.example.com/device");
  }

  @Test
  void fixedTextStaysOnOneLine() {
    String code = Wrap.fixed("ABCD EFGH");

    assertThat(Wrap.lines("and enter " + code + " there", 15, ""))
        .containsExactly("and enter", "ABCD EFGH there");
  }

  @Test
  void lettersBeyondTheFirstPlaneCountOnce() {
    String key = "\ud83d\udd11";

    assertThat(Wrap.lines(key.repeat(5) + " " + key.repeat(5), 11, "")).hasSize(1);
    assertThat(Wrap.lines(key.repeat(5) + " " + key.repeat(5), 10, "")).hasSize(2);
  }
}
