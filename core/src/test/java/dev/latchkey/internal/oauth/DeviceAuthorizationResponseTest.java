package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.fixture.Replies;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAuthorizationResponseTest {

  /** Keycloak and oidc-provider send no message, and programs printed "null". */
  @Test
  void instructionsNameTheAddressAndTheCodeWhereTheServerSendsNoMessage() {
    DeviceAuthorization without = saying(null);

    assertThat(without.instructions())
        .isEqualTo("To sign in, open https://example.com/device and enter the code WDJB-MJHT.");
  }

  @Test
  void instructionsAreTheServersOwnWordsWhereItSendsSome() {
    assertThat(saying("Öffnen Sie die Seite.").instructions()).isEqualTo("Öffnen Sie die Seite.");
    assertThat(saying(" ").instructions()).contains("WDJB-MJHT");
  }

  private static DeviceAuthorization saying(@Nullable String message) {
    return new DeviceAuthorization(
        "WDJB-MJHT",
        URI.create("https://example.com/device"),
        null,
        message,
        Duration.ofMinutes(15),
        Duration.ofSeconds(5));
  }

  private static final URI ENDPOINT = URI.create("https://example.com/oauth/device");
  private static final String REQUIRED =
      "\"device_code\":\"DC\",\"user_code\":\"ABCD-EFGH\","
          + "\"verification_uri\":\"https://example.com/device\"";

  @Test
  void exampleOfTheRfcIsRead() {
    var answer =
        parse(
            """
            {"device_code":"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS","user_code":"WDJB-MJHT",
             "verification_uri":"https://example.com/device",
             "verification_uri_complete":"https://example.com/device?user_code=WDJB-MJHT",
             "expires_in":1800,"interval":5}
            """);

    assertThat(answer)
        .isEqualTo(
            new DeviceAuthorizationResponse(
                "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
                new DeviceAuthorization(
                    "WDJB-MJHT",
                    URI.create("https://example.com/device"),
                    URI.create("https://example.com/device?user_code=WDJB-MJHT"),
                    null,
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(5))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1",
        "5|5",
        "\"7\"|7",
        "0.2|1",
        "2.5|3",
        "0|5",
        "-1|5",
        "-1e99|5",
        "null|5",
        "\"often\"|5",
        "[]|5",
        "300|300",
        "301|301",
        "899|899",
        "900|300",
        "1e99|300",
      })
  void intervalIsReadSafely(String interval, long seconds) {
    assertThat(shown("{" + REQUIRED + ",\"interval\":" + interval + "}").interval())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void missingIntervalIsFiveSeconds() {
    assertThat(shown("{" + REQUIRED + "}").interval()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "900|900",
        "\"900\"|900",
        "899.9|899",
        "null|900",
        "\"long\"|900",
        "86401|86400",
        "1e99|86400",
      })
  void lifetimeIsReadSafely(String expiresIn, long seconds) {
    assertThat(shown("{" + REQUIRED + ",\"expires_in\":" + expiresIn + "}").expiresIn())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-1e99", "0.5"})
  void expiredLifetimeIsRejected(String expiresIn) {
    assertRefused("{" + REQUIRED + ",\"expires_in\":" + expiresIn + "}", "expires_in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device_code|{\"user_code\":\"A\",\"verification_uri\":\"https://e.com\"}",
        "device_code|{\"device_code\":7,\"user_code\":\"A\",\"verification_uri\":\"https://e.com\"}",
        "user_code|{\"device_code\":\"D\",\"verification_uri\":\"https://e.com\"}",
        "user_code|{\"device_code\":\"D\",\"user_code\":\"\",\"verification_uri\":\"https://e.com\"}",
        "user_code|{\"device_code\":\"D\",\"user_code\":\"\\u001b\\u200b"
            + " \",\"verification_uri\":\"https://e.com\"}",
        "verification_uri|{\"device_code\":\"D\",\"user_code\":\"A\"}",
        "verification_uri|{\"device_code\":\"D\",\"user_code\":\"A\",\"verification_uri\":\"\"}",
        "verification_uri|{\"device_code\":\"D\",\"user_code\":\"A\",\"verification_url\":\"\"}",
        "verification_uri|{\"device_code\":\"D\",\"user_code\":\"A\",\"verification_uri\":[]}",
      })
  void missingOrMistypedMemberIsNamed(String member, String body) {
    assertRefused(body, member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http://example.com/device",
        "javascript:alert(1)",
        "https://microsoft.com@example.com/",
        "microsoft.com/devicelogin",
        "https://",
        "https://example.com/\\u001b[2J",
        " ",
      })
  void unsafeVerificationUriIsRejected(String uri) {
    assertRefused(
        "{\"device_code\":\"D\",\"user_code\":\"A\",\"verification_uri\":\"" + uri + "\"}",
        "verification_uri");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"file:///etc/passwd\"", "\"http://example.com\"", "7", "\"\"", "null"})
  void badCompleteUriIsDropped(String complete) {
    var answer = shown("{" + REQUIRED + ",\"verification_uri_complete\":" + complete + "}");

    assertThat(answer.verificationUriComplete()).isNull();
  }

  @Test
  void googlesNameOfTheUriIsAccepted() {
    var answer =
        shown(
            "{\"device_code\":\"D\",\"user_code\":\"A\","
                + "\"verification_url\":\"https://www.google.com/device\"}");

    assertThat(answer.verificationUri()).isEqualTo(URI.create("https://www.google.com/device"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:631/",
        "http://localhost/x",
        "http://[::1]:8080/",
        "HTTP://127.1.2.3/"
      })
  void serverElsewhereMayNotSendThePersonToAServiceOfThisMachine(String uri) {
    assertRefused(
        "{\"device_code\":\"D\",\"user_code\":\"A\",\"verification_uri\":\"" + uri + "\"}",
        "verification_uri");
    assertThat(
            shown("{" + REQUIRED + ",\"verification_uri_complete\":\"" + uri + "\"}")
                .verificationUriComplete())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/device",
        "https://localhost:8443/device",
        "http://[::1]/device"
      })
  void serverOnLoopbackMayUsePlainHttp(URI endpoint) {
    String page = "http://127.0.0.1:8080/device";

    DeviceAuthorization shown =
        DeviceAuthorizationResponse.parse(
                Replies.json(
                    200,
                    "{\"device_code\":\"D\",\"user_code\":\"A\",\"verification_uri\":\""
                        + page
                        + "\",\"verification_uri_complete\":\""
                        + page
                        + "?c=A\"}"),
                endpoint)
            .shown();

    assertThat(shown.verificationUri()).hasToString(page);
    assertThat(shown.verificationUriComplete()).hasToString(page + "?c=A");
  }

  @Test
  void shownTextsHoldNoEscapeSequencesOrInvisibleCharacters() {
    var answer =
        shown(
            "{\"device_code\":\"D\",\"user_code\":\" AB\\u001b\\u200bCD\\u202E-\\r\\nEF\","
                + "\"verification_uri\":\"https://example.com/device\","
                + "\"message\":\"Go\\u001b[31m to\\r\\nexample\\u202E.com\\u009b!\"}");

    assertThat(answer.userCode()).isEqualTo("ABCD-EF");
    assertThat(answer.message()).isEqualTo("Go [31m to example.com !");
  }

  @Test
  void longTextsAreTruncated() {
    var answer = shown("{" + REQUIRED + ",\"message\":\"" + "x".repeat(100_000) + "\"}");

    assertThat(answer.message()).hasSize(2000);
    assertRefused(
        "{\"device_code\":\"D\",\"user_code\":\""
            + "A".repeat(129)
            + "\",\"verification_uri\":\"https://e.com\"}",
        "user_code");
  }

  @Test
  void errorInA200IsNotADeviceAuthorization() {
    Reply reply = Replies.json(200, "{\"error\":\"invalid_client\"," + REQUIRED + "}");

    assertThatThrownBy(() -> DeviceAuthorizationResponse.parse(reply, ENDPOINT))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("invalid_client");
  }

  @Test
  void replyThatIsNotJsonIsDescribed() {
    assertThatThrownBy(
            () -> DeviceAuthorizationResponse.parse(Replies.nonsense(200, "HTML page"), ENDPOINT))
        .isInstanceOf(InvalidResponse.class)
        .hasMessage("No device authorization: the server answered HTTP 200, HTML page");
  }

  @Test
  void toStringHoldsNoCode() {
    assertThat(parse("{" + REQUIRED + "}").toString())
        .doesNotContain("DC")
        .doesNotContain("ABCD")
        .contains("https://example.com/device");
  }

  private static DeviceAuthorization shown(String body) {
    return parse(body).shown();
  }

  private static DeviceAuthorizationResponse parse(String body) {
    return DeviceAuthorizationResponse.parse(Replies.json(200, body), ENDPOINT);
  }

  private static void assertRefused(String body, String member) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + member + "\"");
  }
}
