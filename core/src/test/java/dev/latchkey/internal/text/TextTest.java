package dev.latchkey.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.json.Json;
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

  /** Letters, marks and symbols to Java, and nothing to the eye. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u3164",
        "\u2800",
        "\u034f",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\u17b4",
        "\u180b",
        "\u180f",
        "\ufe0f",
        "\udb40\udd00",
        "\udb40\udc41",
        "\u200b",
        "\u202e",
        "\u2066",
        "\u00ad",
      })
  void invisibleCharactersAreDropped(String invisible) {
    String text = invisible + "Ade" + invisible + "le" + invisible;

    assertThat(Text.clean(text, 100)).isEqualTo("Adele");
    assertThat(Text.cleanName(text, 100)).isEqualTo("Adele");
    assertThat(Text.cleanName(invisible, 100)).isNull();
    assertThat(Text.cleanCode(text)).isEqualTo("Adele");
    assertThat(Text.verbatim(text, 100)).isNull();
    assertThat(Text.isClean(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\u2028", "\u2029", "\u0085", "\u001b", "\u009b", "\u0000"})
  void lineBreaksAndControlCharactersAreOneSpace(String aBreak) {
    assertThat(Text.clean("Adele" + aBreak + "Vance", 100)).isEqualTo("Adele Vance");
    assertThat(Text.verbatim("9122040d" + aBreak, 100)).isNull();
  }

  @Test
  void halfACharacterAndOddSpacesAreReplaced() {
    assertThat(Text.clean("Ade\ud83dle \udc00", 100)).isEqualTo("Ade\ufffdle \ufffd");
    assertThat(Text.clean("\u00a0Adele\u3000Vance", 100)).isEqualTo("Adele Vance");
  }

  @Test
  void identifierIsKeptVerbatimOrNotAtAll() {
    assertThat(Text.verbatim(" Ünïcode and spaces ", 100)).isEqualTo(" Ünïcode and spaces ");
    assertThat(Text.verbatim("abc", 3)).isEqualTo("abc");
    assertThat(Text.verbatim("abcd", 3)).isNull();
    assertThat(Text.verbatim("  ", 3)).isNull();
    assertThat(Text.verbatim(null, 3)).isNull();
  }

  @Test
  void escapedJsonIsTheSameJson() {
    String json = "{\r\n\t\"a\": \"\u202ex\u009b\u2028\udb40\udc41ü\"}";

    String escaped = Text.escapeJson(json);

    assertThat(Json.object(escaped)).isEqualTo(Json.object(json));
    assertThat(Text.isClean(escaped)).isTrue();
    assertThat(escaped).contains("\\u202ex\\u009b\\u2028\\udb40\\udc41ü");
  }

  @Test
  void secretIsFoundInAnyCaseAndWhereItOverlapsItself() {
    assertThat(new Redaction("aab").in("xaaabaabaaAABy"))
        .isEqualTo("xa[redacted][redacted]aa[redacted]y");
    assertThat(new Redaction("abab").in("ababab")).isEqualTo("[redacted]ab");
    assertThat(new Redaction("A%2Bb").in("(a%2bB)")).isEqualTo("([redacted])");
    assertThat(new Redaction("x").in("")).isEmpty();
  }

  @Test
  void plainTextIsNotCopied() {
    String scope = "User.Read";
    String pending = "authorization_pending";

    assertThat(Text.cleanWithoutSecrets(pending, 100)).isSameAs(pending);
    assertThat(Text.cleanCode(scope)).isSameAs(scope);
    assertThat(Text.cleanName(scope, 100)).isSameAs(scope);
  }
}
