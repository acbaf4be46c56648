package dev.latchkey;

import static dev.latchkey.fixture.Headers.wwwAuthenticate;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred thousand malformed fields. The seed is fixed, so that a failure can be repeated. */
class ClaimsChallengeFuzzTest {
  private static final long SEED = 9110;
  private static final int ROUNDS = 100_000;
  private static final String GOOD =
      "PoP realm=\"\", nonce=\"a\\\"b\", Bearer realm=\"\", error=\"insufficient_claims\","
          + " claims=\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7InZhbHVlIjoiMTYwIn19fQ==\", Negotiate YII=";
  private static final String ALPHABET = "=\"\\,, \t{}e30-_+/\u0000\u007f\u00e4:";

  @Test
  @Timeout(60)
  void mutatedChallengeNeverThrows() {
    Random random = new Random(SEED);
    int read = 0;

    for (int i = 0; i < ROUNDS; i++) {
      read += ClaimsChallenge.parse(wwwAuthenticate(mutated(random))).isPresent() ? 1 : 0;
    }

    // Both outcomes occurred: the mutations are neither all harmless nor all fatal.
    assertThat(read).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        " ",
        "a,",
        "a ",
        "a=",
        "a=b,",
        "a=\"\",",
        "a b,",
        "\\",
        "\"",
        "\\\"",
        "=",
        "Bearer ",
        "Bearer claims=e30,",
        "Bearer a, ",
        "Bearer ,,a=b\t, ",
        "Bearer claims=\"e30",
      })
  @Timeout(value = 20, unit = SECONDS)
  void longFieldIsReadInLinearTime(String part) {
    // Read in quadratic time, a field of this length would take minutes.
    String field = part.repeat(1_000_000 / part.length());

    assertThat(ClaimsChallenge.parse(wwwAuthenticate("Bearer " + field))).isNotNull();
    assertThat(ClaimsChallenge.parse(wwwAuthenticate("Bearer x=\"" + field))).isNotNull();
    assertThat(ClaimsChallenge.parse(wwwAuthenticate("Bearer claims=\"" + field + "\"")))
        .isNotNull();
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(GOOD);
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      if (text.isEmpty()) {
        return "";
      }
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, any(random));
        case 2 -> text.setCharAt(at, any(random));
        case 3 -> text.insert(at, text.substring(random.nextInt(text.length())));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }

  private static char any(Random random) {
    return ALPHABET.charAt(random.nextInt(ALPHABET.length()));
  }
}
