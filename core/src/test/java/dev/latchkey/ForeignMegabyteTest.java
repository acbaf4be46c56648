package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.OAuthError;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Headers;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.Replies;
import dev.latchkey.internal.http.Challenge;
import dev.latchkey.internal.http.Challenges;
import dev.latchkey.internal.http.HttpDates;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.oauth.DeviceAuthorizationResponse;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.OAuthErrors;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.text.Redaction;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.text.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each parser and cleaner of foreign text with a megabyte, the worst of its kind that is known. All
 * take milliseconds, because their time grows with the length. Those that were quadratic once took
 * minutes, which is what the time limit tells from a busy machine.
 */
@Timeout(value = 30, threadMode = SEPARATE_THREAD)
class ForeignMegabyteTest {

  private static final int MEGABYTE = 1 << 20;
  private static final String LETTERS = "a".repeat(MEGABYTE);
  private static final String HALF = LETTERS.substring(MEGABYTE / 2);

  /** Texts that have been the worst for one search, pattern or cleaner or another. */
  static Stream<String> megabytes() {
    return Stream.of(
            "a",
            "A1-",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ",
            "\n",
            "\u200b",
            "\ud83d",
            "e\u0301\u0327",
            "?",
            ",a",
            "a=b,",
            "\"\\",
            "{\"a\":",
            ".",
            "AADSTS1234 ",
            "Trace ID : ")
        .map(unit -> unit.repeat(MEGABYTE / unit.length()));
  }

  @Tag("soak")
  @ParameterizedTest
  @MethodSource("megabytes")
  void everyParserAndCleanerTakesAnyMegabyte(String text) {
    Form form = new Form().add("device_code", HALF);
    JsonObject error = new JsonObject();
    for (String name : List.of("error", "error_description", "claims")) {
      error.addProperty(name, text);
    }
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of(
                "Date", List.of(text),
                "Retry-After", List.of(text),
                "WWW-Authenticate", List.of("Bearer " + text, "Bearer a=\"" + text)),
            (name, value) -> true);

    assertThat(form.redact(HALF + text)).startsWith("[redacted]");
    assertThat(Text.clean(text, 300)).hasSizeLessThanOrEqualTo(300);
    assertThat(Text.cleanWithoutSecrets(text, 300)).hasSizeLessThanOrEqualTo(300);
    assertThat(Text.cleanCode(text)).hasSizeLessThanOrEqualTo(text.length());
    assertThat(Text.verbatim(text, 300)).isNull();
    OAuthError read = OAuthErrors.read(400, error);
    assertThat(read == null ? "" : read.error()).hasSizeLessThanOrEqualTo(200);
    assertThat(HttpDates.date(headers)).isNull();
    assertThat(HttpDates.retryAfter(headers, null, Instant.EPOCH)).isNull();
    assertThat(Challenges.read(headers.map())).hasSizeLessThan(2);
    assertThat(ClaimsChallenge.parse(headers)).isEmpty();
    assertThat(SecureUri.read(text)).isNull();
    assertThat(SecureUri.read("https://example.com/" + text)).isNull();
    assertThatThrownBy(() -> Json.object(text)).isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() -> Json.object("{\"a\":\"" + text)).isInstanceOf(MalformedJson.class);
    assertThatThrownBy(() -> IdToken.parse(text)).isInstanceOf(InvalidResponse.class);
    assertThatThrownBy(() -> IdToken.parse("e30." + text + "."))
        .isInstanceOf(InvalidResponse.class);
    assertThat(SafeCause.message(new IOException(text, new IOException(text)))).isNull();
  }

  /** Once 6 s for 100 KB, and minutes for 500 KB. */
  @Test
  void errorThatRepeatsTheLetterOfTheDeviceCodeIsRedactedInLinearTime() {
    Form poll = new Form().add("device_code", HALF);

    String redacted = poll.redact("b" + LETTERS.substring(1, MEGABYTE / 2) + "b" + LETTERS + "b");

    assertThat(redacted)
        .isEqualTo("b" + LETTERS.substring(1, MEGABYTE / 2) + "b[redacted][redacted]b");
  }

  /** All comparisons but the last succeed, from every position. */
  @Test
  void secretThatAlmostOccursEverywhereIsSearchedInLinearTime() {
    Redaction almost = new Redaction(HALF + "b");

    assertThat(almost.in(LETTERS)).isEqualTo(LETTERS);
  }

  /** Once 67 s: the hashes of all of these names are equal. */
  @Test
  void challengeWithCollidingParameterNamesIsReadInLinearTime() {
    String parameters = String.join("=1,", colliding()) + "=1";
    Map<String, String> map = new LinkedHashMap<>();
    colliding().forEach(name -> map.put(name, "1"));

    Challenge challenge = new Challenge("Bearer", null, map);

    assertThat(challenge.parameters()).hasSize(1 << 15);
    assertThat(Challenges.read(Headers.wwwAuthenticate("Bearer " + parameters, "Bearer a=b").map()))
        .as("the megabyte is ignored, and what stands beside it is not")
        .singleElement()
        .satisfies(read -> assertThat(read.parameter("A")).isEqualTo("b"));
  }

  @Test
  void jsonWithCollidingMemberNamesIsReadInLinearTime() {
    String members = "\"" + String.join("\":1,\"", colliding()) + "\":1";

    assertThat(Json.object("{" + members + "}").size()).isEqualTo(1 << 15);
  }

  @Test
  void jsonOfLongNumbersIsReadInLinearTime() {
    String number = "9".repeat(1_000);
    String numbers = (number + ",").repeat(MEGABYTE / 1_001) + "1e999999999,1e-999999999,1";

    JsonObject json = Json.object("{\"error\":\"e\",\"error_codes\":[" + numbers + "]}");

    assertThat(Json.ints(json, "error_codes")).startsWith(0).endsWith(1);
    assertThat(OAuthErrors.read(400, json)).isNotNull();
  }

  @Test
  void megabyteOfScopesIsReadAndTheExcessIsLeftOut() {
    String some =
        IntStream.range(0, MEGABYTE / 8)
            .mapToObj(i -> "s" + i)
            .collect(Collectors.joining(" ", "User.Read ", ""));

    TokenResponse response =
        TokenResponse.parse(Replies.json(200, Body.tokens().with("scope", some).toString()));
    String one = Body.tokens().with("scope", LETTERS + " User.Read").toString();

    assertThat(response.scope()).startsWith("User.Read s0 s1 ").hasSizeBetween(15_000, 16_000);
    assertThat(TokenResponse.parse(Replies.json(200, one)).scope()).isEqualTo("User.Read");
  }

  @Test
  void deviceAuthorizationOfAMegabyteIsATypedError() {
    for (String name : List.of("device_code", "user_code", "verification_uri")) {
      String body = Body.device().with(name, "https://example.com/" + LETTERS).toString();

      assertThatThrownBy(() -> read(body))
          .isInstanceOf(InvalidResponse.class)
          .hasMessageContaining(name);
    }
    Body shown =
        Body.device()
            .with("message", LETTERS)
            .with("verification_uri_complete", "https://example.com/" + LETTERS);
    DeviceAuthorization read = read(shown.toString()).shown();

    assertThat(read.message()).hasSize(2_000);
    assertThat(read.verificationUriComplete()).as("no QR code holds it").isNull();
  }

  @Test
  void idTokenOfAMegabyteIsReadInLinearTime() {
    String named = Jwt.of(Jwt.claims("https://id.example.com").with("name", "é\u0301" + LETTERS));
    String subject = Jwt.of(Jwt.claims("https://id.example.com").with("sub", LETTERS));

    assertThat(IdToken.parse(named).name()).hasSize(300);
    assertThatThrownBy(() -> IdToken.parse(subject))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"sub\"");
  }

  private static DeviceAuthorizationResponse read(String body) {
    return DeviceAuthorizationResponse.parse(
        Replies.json(200, body), URI.create("https://example.com/device"));
  }

  /** 32,768 names of 30 lower-case characters, a megabyte in all: a~ and b_ have the same hash. */
  private static List<String> colliding() {
    return IntStream.range(0, 1 << 15)
        .mapToObj(
            number ->
                IntStream.range(0, 15)
                    .mapToObj(bit -> (number >> bit & 1) == 0 ? "a~" : "b_")
                    .collect(Collectors.joining()))
        .toList();
  }
}
