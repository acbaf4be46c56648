package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers, portals and proxies with answers that no server should give: each is a typed error or is
 * read safely.
 */
class HostileAnswersTest {

  private static final Answer DEVICE = Answer.json(200, Body.device());
  private static final Answer TOKENS = Answer.json(200, Body.tokens());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(server);

  static Stream<Answer> rubbish() {
    String nested = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    String arrays = "{\"access_token\":" + "[".repeat(100_000);
    String twice = Body.tokens().toString().replace("{", "{\"access_token\":\"other\",");
    Stream<String> bodies =
        Stream.of(
            "",
            " ",
            "null",
            "42",
            "\"device_code\"",
            "[]",
            "[{}]",
            "{",
            "{}",
            "{\"device_code\":1,\"user_code\":[\"A\"],\"verification_uri\":{}}",
            "{'device_code':'lenient'}",
            "{\"a\":NaN}",
            "{} {}",
            "{}x",
            ")]}'\n{}",
            "\u0000",
            "{\"\u0000\":1}",
            "\uFEFF{}",
            "{\"error\":42}",
            "{\"error\":null}",
            "{\"error\":[\"access_denied\"]}",
            "{\"error\":{\"code\":\"invalid_grant\"}}",
            "{\"error\":\"\"}",
            "{\"error\":true}",
            nested,
            arrays,
            twice);
    return Stream.concat(
        bodies.flatMap(body -> Stream.of(Answer.json(200, body), Answer.json(400, body))),
        Stream.of(
            Answer.html(200),
            Answer.html(404),
            Answer.page(200, "application/json", "\u00ff\ud83d"),
            Answer.page(204, "text/plain", ""),
            Answer.page(407, "text/html", "<p>proxy", "Proxy-Authenticate: Basic realm=\"p\""),
            Answer.page(511, "text/html", "<p>log in to the network"),
            Answer.truncated(200, "{\"a\":1"),
            Answer.endless(2 << 20, true),
            Answer.endless(2 << 20, false),
            Answer.raw(""),
            Answer.raw("SSH-2.0-OpenSSH_9.2\r\n"),
            Answer.raw("HTTP/1.1 999999 ?\r\n\r\n"),
            Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"),
            Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}"),
            Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            Answer.reset()));
  }

  @ParameterizedTest
  @MethodSource("rubbish")
  void unreadableDeviceAuthorizationIsATypedError(Answer rubbish) {
    server.answer("/device", rubbish);

    Throwable failure = catchThrowable(run.client()::beginSignIn);

    assertThat(failure).isInstanceOf(LatchkeyException.class);
    assertThat(failure.getMessage()).isNotBlank();
    assertThat(run.time.waits()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rubbish")
  void unreadablePollAnswersDoNotEndTheSignIn(Answer rubbish) {
    server.answer("/device", DEVICE).answer("/token", rubbish, rubbish, TOKENS);

    SignInResult signedIn = run.toSuccess();

    assertThat(signedIn.token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void hundredMegabytesAreNotRead() {
    Answer flood = Answer.endless(100 << 20, true);
    server.answer("/device", flood, DEVICE);
    server.answer("/token", Answer.endless(100 << 20, false), flood, TOKENS);

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);
    SignInResult signedIn = run.toSuccess();

    assertThat(failure).hasMessageContaining("body over 256 KiB");
    assertThat(signedIn.token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsNotFollowed(int status) {
    Answer elsewhere = Answer.page(status, "text/html", "", "Location: " + server.at("/elsewhere"));
    server.answer("/device", elsewhere, DEVICE).answer("/token", elsewhere, TOKENS);

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);
    run.toSuccess();

    assertThat(failure).hasMessageContaining("redirect");
    assertThat(server.requests("/elsewhere")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://example.com/device",
        "http://127.0.0.1.example.com/",
        "https://microsoft.com@example.com/",
        "https:///device",
        "/device",
        "not a uri",
        "",
      })
  void unsafeVerificationUriIsRejected(String uri) {
    server.answer("/device", Answer.json(200, Body.device().with("verification_uri", uri)));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"verification_uri\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "http://example.com/?user_code=A", "%%%"})
  void unsafeCompleteUriIsLeftOut(String uri) {
    Body body = Body.device().with("verification_uri_complete", uri);
    server.answer("/device", Answer.json(200, body));

    DeviceAuthorization shown = begun();

    assertThat(shown.verificationUriComplete()).isNull();
    assertThat(shown.verificationUri()).isEqualTo(URI.create("https://example.com/device"));
  }

  @Test
  void displayedTextHoldsNoControlCharacters() {
    String escape = "\u001b]0;owned\u0007";
    Body body =
        Body.device()
            .with("user_code", escape + "WDJB\u202e-\u200bMJHT\r\n")
            .with("message", "Go to\u001b[2J https://example.com\r\nand type \u202eWDJB-MJHT")
            .with("verification_uri_complete", "https://example.com/?user_code=\u001b[2J");
    server.answer("/device", Answer.json(200, body));

    DeviceAuthorization shown = begun();

    assertThat(shown.userCode()).isEqualTo("]0;ownedWDJB-MJHT");
    assertThat(shown.message()).isEqualTo("Go to [2J https://example.com and type WDJB-MJHT");
    assertThat(shown.verificationUriComplete()).isNull();
    assertThat(shown.toString().chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void userCodeOfControlCharactersOnlyIsRejected() {
    server.answer(
        "/device", Answer.json(200, Body.device().with("user_code", "\u001b\u0007\u200b")));

    InvalidResponse failure = run.beginToFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"user_code\" cannot be typed");
  }

  @Test
  void errorTextHoldsNoControlCharacters() {
    Body body =
        new Body()
            .with("error", "in\u001b[2Jvalid")
            .with("error_description", "\u001b]8;;https://evil.example\u0007click\u202e me");
    server.answer("/device", DEVICE).answer("/token", Answer.json(400, body));
    SignIn signIn = run.client().beginSignIn();

    run.finish(signIn);

    Throwable failure = catchThrowable(signIn::await);
    assertThat(failure.toString().codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  @ParameterizedTest
  @CsvSource({"1e99, 366", "-1, 0", "'\"86400\"', 1", "true, 0", "null, 0", "[86400], 0"})
  void unusualTokenLifetimeIsReadSafely(String expiresIn, long days) {
    String body = Body.tokens().withRaw("expires_in", expiresIn);
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, body));

    SignInResult signedIn = run.toSuccess();

    long granted = Duration.between(FakeTime.START, signedIn.token().expiresAt()).toDays();
    assertThat(granted).isEqualTo(days);
  }

  @Test
  void unknownMembersAreIgnoredAndTheTokenTypeIsReadInAnyCase() {
    Body body =
        Body.tokens()
            .with("token_type", "bEARER")
            .with("not-before-policy", 0)
            .with("session_state", List.of("whatever"));
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, body));

    SignInResult signedIn = run.toSuccess();

    assertThat(signedIn.token().type()).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "access_token, '\"a\\r\\nX-Evil: 1\"'",
    "access_token, 42",
    "access_token, '[\"a\"]'",
    "access_token, '\"\"'",
    "token_type, '\"DPoP\"'",
    "token_type, null",
    "refresh_token, '{}'",
    "refresh_token, '\"a\\u0000b\"'",
    "scope, 7",
    "id_token, '\"not.a.jwt\"'",
  })
  void unusableTokensAreATypedErrorAndNothingIsStored(String member, String value) {
    String body = Body.tokens().withRaw(member, value);
    server.answer("/device", DEVICE).answer("/token", Answer.json(200, body));

    run.toFailure(InvalidResponse.class);

    assertThat(run.store.keys()).isEmpty();
  }

  private DeviceAuthorization begun() {
    SignIn signIn = run.client().beginSignIn();
    assertThat(signIn.cancel()).isTrue();
    return signIn.deviceAuthorization();
  }
}
