package dev.latchkey;

import static dev.latchkey.fixture.Headers.wwwAuthenticate;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims challenges in the forms that Microsoft's APIs send, and malformed ones. */
class ClaimsChallengeTest {

  private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"value\":\"~?>ÿ¾xx\"}}}";
  private static final String PADDED = base64(CLAIMS);
  private static final String UNPADDED = PADDED.replace("=", "");
  private static final String URL_SAFE = PADDED.replace('+', '-').replace('/', '_');
  private static final String DOCUMENTED =
      "Bearer realm=\"\", authorization_uri=\"https://login.example/common/oauth2/authorize\","
          + " error=\"insufficient_claims\", claims=\"%s\"";

  @Test
  void base64OfTheseClaimsDiffersInEveryForm() {
    assertThat(PADDED).contains("+", "/").endsWith("==");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void claimsAreReadInEveryKnownForm(String form, HttpHeaders headers) {
    assertThat(ClaimsChallenge.parse(headers)).get().returns(CLAIMS, ClaimsChallenge::claims);
  }

  @Test
  void headersOfOtherLibrariesAreReadToo() {
    String field = DOCUMENTED.formatted(PADDED);
    Map<String, List<String>> fields = new HashMap<>();
    fields.put(null, List.of("HTTP/1.1 401 Unauthorized")); // HttpURLConnection
    fields.put("WWW-authenticate", List.of("Negotiate", field));

    assertThat(ClaimsChallenge.parse(fields)).get().returns(CLAIMS, ClaimsChallenge::claims);
    assertThat(ClaimsChallenge.parse(field)).get().returns(CLAIMS, ClaimsChallenge::claims);
    assertThat(ClaimsChallenge.parse(Map.of("Authenticate", List.of(field)))).isEmpty();
    assertThat(ClaimsChallenge.parse("")).isEmpty();
    assertThat(ClaimsChallenge.parse(field + " ".repeat(1 << 16))).isEmpty();
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        form("as documented", DOCUMENTED.formatted(PADDED)),
        form("invalid_token with claims", "Bearer error=\"invalid_token\", claims=\"%s\"", PADDED),
        form("unpadded Base64", DOCUMENTED.formatted(UNPADDED)),
        form("URL-safe Base64", DOCUMENTED.formatted(URL_SAFE)),
        arguments(
            "several headers",
            wwwAuthenticate(
                "Negotiate",
                "Bearer realm=\"\", error=\"invalid_token\"",
                DOCUMENTED.formatted(PADDED))),
        form(
            "several challenges in one header, PoP first",
            "PoP realm=\"\", nonce=\"e30=\", claims=\"e30=\", " + DOCUMENTED.formatted(PADDED)),
        form(
            "blanks around equals signs and after commas",
            "Bearer  realm = \"\" ,  error\t=\t\"insufficient_claims\",\t claims =  \"%s\"  ",
            PADDED),
        form(
            "quoted-pairs",
            "Bearer realm=\"a \\\"b\\\", claims=\\\"e30=\\\"\", claims=\"\\%s\"",
            PADDED),
        form("token form", "Bearer error=insufficient_claims, claims=%s", UNPADDED),
        form("token form, padded", "Bearer claims=%s, error=insufficient_claims", PADDED),
        form("other case", "bEARER REALM=\"\", Claims=\"%s\"", PADDED),
        form("empty list elements", ", ,Bearer error=\"x\",, ,claims=\"%s\",", PADDED),
        form("a scheme before it", "Negotiate, Bearer claims=\"%s\"", PADDED),
        form("a token68 before it", "Negotiate YIIG==, Bearer claims=\"%s\"", PADDED),
        form("another Bearer challenge before it", "Bearer a=b, Bearer claims=\"%s\"", PADDED),
        form("JSON in quoted-pairs", "Bearer claims=\"%s\"", CLAIMS.replace("\"", "\\\"")),
        form("a byte order mark", "Bearer claims=\"%s\"", base64("\uFEFF" + CLAIMS)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenOnes")
  void malformedChallengeIsSkipped(String fault, HttpHeaders headers) {
    assertThat(ClaimsChallenge.parse(headers)).isEmpty();
  }

  static Stream<Arguments> brokenOnes() {
    return Stream.of(
        form("no claims", "Bearer realm=\"\", error=\"insufficient_claims\""),
        form("no scheme", "claims=\"%s\"", PADDED),
        form("another scheme", "PoP claims=\"%s\"", PADDED),
        form("a quote that does not close", "Bearer claims=\"%s", PADDED),
        form("a backslash at the end", "Bearer claims=\"%s\\", PADDED),
        form("no comma", "Bearer error=\"x\" claims=\"%s\"", PADDED),
        form("claims twice", "Bearer claims=\"e30=\", claims=\"%s\"", PADDED),
        form("a control character", "Bearer claims=\"%s\u0000\"", PADDED),
        form("empty claims", "Bearer claims=\"\""),
        form("no Base64", "Bearer claims=\"!%s\"", PADDED),
        form("Base64 cut off", "Bearer claims=\"%s\"", UNPADDED.substring(0, 21)),
        form("Base64 of both alphabets", "Bearer claims=\"%s-_+/\"", UNPADDED),
        form("padding within", "Bearer claims=\"e30=%s\"", PADDED),
        form("no JSON", "Bearer claims=\"%s\"", base64("hello")),
        form("no JSON object", "Bearer claims=\"%s\"", base64("[" + CLAIMS + "]")),
        form("lenient JSON", "Bearer claims=\"%s\"", base64("{'a':1}")),
        form("a member twice", "Bearer claims=\"%s\"", base64("{\"a\":1,\"a\":2}")),
        form("JSON cut off", "Bearer claims=\"%s\"", base64("{\"a\":")),
        form("data after the JSON", "Bearer claims=\"%s\"", base64("{} {}")),
        form("nesting too deep", "Bearer claims=\"%s\"", base64("{\"a\":".repeat(999))),
        form("no UTF-8", "Bearer claims=\"%s\"", base64("{\"a\":\"ÿ\"}".getBytes(ISO_8859_1))),
        form("too long", "Bearer claims=\"%s\"", base64("{\"a\":\"" + "x".repeat(8185) + "\"}")));
  }

  @Test
  void longestClaimsAreRead() {
    String claims = "{\"a\":\"" + "x".repeat(8184) + "\"}";

    assertThat(claims).hasSize(8192);
    assertThat(ClaimsChallenge.parse(wwwAuthenticate("Bearer claims=" + base64(claims))))
        .isPresent();
  }

  @Test
  void responseWithoutTheFieldHasNoChallenge() {
    HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);

    assertThat(ClaimsChallenge.parse(headers)).isEmpty();
  }

  @Test
  void challengeNamesTheErrorAndTheAuthorizationUri() {
    ClaimsChallenge challenge = parsed(DOCUMENTED.formatted(PADDED));

    assertThat(challenge.error()).isEqualTo("insufficient_claims");
    assertThat(challenge.authorizationUri())
        .isEqualTo(URI.create("https://login.example/common/oauth2/authorize"));
  }

  @Test
  void unsafeUriIsLeftOut() {
    ClaimsChallenge challenge =
        parsed("Bearer authorization_uri=\"http://login.example\", error=\"ä\", claims=\"e30=\"");

    assertThat(challenge).isEqualTo(new ClaimsChallenge("{}", null, null));
  }

  @Test
  void printedChallengeHidesTheClaims() {
    assertThat(parsed(DOCUMENTED.formatted(PADDED)))
        .hasToString("ClaimsChallenge[error=insufficient_claims, authorizationUri=login.example]");
  }

  @Test
  void claimsThatAreNotAJsonObjectAreRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClaimsChallenge("e30=", null, null));
  }

  private static ClaimsChallenge parsed(String value) {
    return ClaimsChallenge.parse(wwwAuthenticate(value)).orElseThrow();
  }

  private static Arguments form(String name, String value) {
    return arguments(name, wwwAuthenticate(value));
  }

  /** The claims stand where the value has {@code %s}. */
  private static Arguments form(String name, String value, String claims) {
    return form(name, value.replace("%s", claims));
  }

  private static String base64(String json) {
    return base64(json.getBytes(UTF_8));
  }

  private static String base64(byte[] json) {
    return Base64.getEncoder().encodeToString(json);
  }
}
