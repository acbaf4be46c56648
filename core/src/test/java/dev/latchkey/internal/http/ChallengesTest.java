package dev.latchkey.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §11.6.1, and §5.6, on which it builds. */
class ChallengesTest {

  @ParameterizedTest
  @MethodSource("fieldValues")
  void fieldValueIsReadAsTheGrammarSays(String value, List<Challenge> challenges) {
    assertThat(Challenges.read(value)).isEqualTo(challenges);
  }

  static Stream<Arguments> fieldValues() {
    return Stream.of(
        arguments("", List.of()),
        arguments(" , ,", List.of()),
        arguments("Negotiate", List.of(bare("Negotiate"))),
        arguments("Negotiate, NTLM", List.of(bare("Negotiate"), bare("NTLM"))),
        arguments("Negotiate YII+/w==", List.of(new Challenge("Negotiate", "YII+/w==", Map.of()))),
        arguments(
            "Negotiate YII= , NTLM",
            List.of(new Challenge("Negotiate", "YII=", Map.of()), bare("NTLM"))),
        arguments("Bearer a=b", List.of(challenge("Bearer", Map.of("a", "b")))),
        arguments("Bearer a= b", List.of(challenge("Bearer", Map.of("a", "b")))),
        arguments("Bearer a=\"\"", List.of(challenge("Bearer", Map.of("a", "")))),
        arguments("Bearer\t A\t=\t\"b\"\t", List.of(challenge("Bearer", Map.of("a", "b")))),
        arguments("Bearer , a=b", List.of(challenge("Bearer", Map.of("a", "b")))),
        arguments(
            ",,Bearer ,, a=b,,, c=d ,", List.of(challenge("Bearer", Map.of("a", "b", "c", "d")))),
        arguments(
            "Bearer a=\"x\\\"y\\\\z\\w\"", List.of(challenge("Bearer", Map.of("a", "x\"y\\zw")))),
        arguments(
            "Bearer a=\"Digest b=c, \", d=\"=\"",
            List.of(challenge("Bearer", Map.of("a", "Digest b=c, ", "d", "=")))),
        arguments(
            "Bearer u=https://a.example/b?c=d",
            List.of(challenge("Bearer", Map.of("u", "https://a.example/b?c=d")))),
        // The example of RFC 9110 §11.6.1.
        arguments(
            "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to"
                + " \\\"apps\\\"\"",
            List.of(
                challenge("Basic", Map.of("realm", "simple")),
                challenge(
                    "Newauth",
                    Map.of("realm", "apps", "type", "1", "title", "Login to \"apps\"")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "\"Bearer\"",
        "Bearer=x",
        "Bearer\"x\"",
        "Bearer a=b c=d",
        "Bearer a=b Basic",
        "Bearer abc def",
        "Bearer a=\"b\"c",
        "Bearer a=\"b",
        "Bearer a=\"b\\",
        "Bearer a=\"b\\\"",
        "Bearer a=\"b\u0000\"",
        "Bearer a=\"b\r\nX: y\"",
        "Bearer a=\"\\\u007F\"",
        "Bearer a = , b=c",
        "Bearer a=b, a=c",
        "Bearer a=b, A=b",
        "Bearer a=b\u0001",
        "Bearer {\"a\":1}",
        "B\u00e4rer a=b",
        "Bearer a=b, c=d, e=\"",
      })
  void challengeThatViolatesTheGrammarIsIgnored(String value) {
    assertThat(Challenges.read(value)).isEmpty();
  }

  @Test
  void challengesBeforeAnInvalidOneCount() {
    assertThat(Challenges.read("Basic realm=\"r\", Bearer a=\"b, Negotiate"))
        .containsExactly(challenge("Basic", Map.of("realm", "r")));
  }

  @Test
  void parameterAfterAToken68IsNotReadAsItsOwn() {
    assertThat(Challenges.read("Negotiate abc=, a=b, Bearer c=d"))
        .containsExactly(new Challenge("Negotiate", "abc=", Map.of()));
  }

  @Test
  void toStringShowsNoValue() {
    Challenge challenge = Challenges.read("PoP nonce=\"s3cret\"").get(0);

    assertThat(challenge).hasToString("Challenge[PoP [nonce]]");
  }

  private static Challenge bare(String scheme) {
    return challenge(scheme, Map.of());
  }

  private static Challenge challenge(String scheme, Map<String, String> parameters) {
    return new Challenge(scheme, null, parameters);
  }
}
