package dev.latchkey.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a server's text before anybody sees it. */
class TextTest {

  private static final String TOKEN = "A1b2C3d4".repeat(10);

  @ParameterizedTest
  @ValueSource(ints = {12, 20, 39, 50, 90})
  void tokenAcrossTheLimitLeavesNoPartOfItself(int limit) {
    String text = "Bad token " + TOKEN + " given";

    String shown = Text.cleanWithoutSecrets(text, limit);

    assertThat(shown).isEqualTo("Bad token [redacted] given".substring(0, Math.min(limit, 26)));
  }

  @Test
  void tokenDividedByInvisibleCharactersIsRecognized() {
    String divided = TOKEN.substring(0, 30) + "\u200b" + TOKEN.substring(30);

    assertThat(Text.cleanWithoutSecrets(divided, 100)).isEqualTo("[redacted]");
  }

  @Test
  void proseIsCutAtTheLimitAndBetweenCharacters() {
    assertThat(Text.clean("ab\u001b[2J\ncd", 100)).isEqualTo("ab [2J cd");
    assertThat(Text.clean("abc\ud83d\ude00", 4)).isEqualTo("abc");
    assertThat(Text.clean("abc\ud83d\ude00", 5)).isEqualTo("abc\ud83d\ude00");
    assertThat(Text.cleanWithoutSecrets("abcdef", 3)).isEqualTo("abc");
    assertThat(Text.cleanWithoutSecrets(null, 3)).isNull();
  }
}
