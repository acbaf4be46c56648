package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.OAuthError;
import dev.latchkey.internal.json.Json;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthErrorsTest {

  @Test
  void entrasErrorIsReadWithAllItsParts() {
    OAuthError error =
        read(
            """
            {"error":"interaction_required",
             "error_description":"AADSTS50076: Due to a policy.\\r\\nTrace ID: t\\r\\nTimestamp: now",
             "error_codes":[50076,70043],"timestamp":"2026-01-01 00:00:00Z","trace_id":"t",
             "correlation_id":"c","error_uri":"https://login.microsoftonline.com/error?code=50076",
             "suberror":"basic_action","claims":"{\\"access_token\\":{\\"polids\\":{}}}"}
            """);

    assertThat(error)
        .isEqualTo(
            new OAuthError(
                400,
                "interaction_required",
                "AADSTS50076: Due to a policy. Trace ID: t Timestamp: now",
                "basic_action",
                java.util.List.of(50076, 70043),
                "{\"access_token\":{\"polids\":{}}}",
                "c",
                "t",
                "2026-01-01 00:00:00Z",
                "https://login.microsoftonline.com/error?code=50076"));
  }

  @Test
  void numbersAreFoundInTheDescriptionIfNoneWereSent() {
    OAuthError error =
        read(
            "{\"error\":\"x\",\"error_description\":\"AADSTS7000218: no. See AADSTS50059,"
                + " AADSTS7000218.\"}");

    assertThat(error.aadsts()).containsExactly(7000218, 50059);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"error\":null}",
        "{\"error\":\"\"}",
        "{\"error\":\"\\u0007\"}",
        "{\"error\":5}",
        "{\"error\":{\"code\":\"invalid_grant\"}}",
        "{\"error\":[\"invalid_grant\"]}",
        "{\"Error\":\"invalid_grant\"}",
      })
  void bodyWithoutAStringErrorHoldsNoError(String body) {
    assertThat(OAuthErrors.read(400, Json.object(body))).isNull();
  }

  @Test
  void partsOfTheWrongTypeAreLeftOut() {
    OAuthError error =
        read(
            "{\"error\":\"x\",\"error_description\":[1],\"suberror\":{},\"error_codes\":\"AADSTS1\","
                + "\"claims\":7,\"trace_id\":true}");

    assertThat(error).isEqualTo(OAuthError.of(400, "x"));
  }

  @Test
  void controlCharactersAreRemoved() {
    OAuthError error =
        read(
            "{\"error\":\"in\\u001b[2Jvalid\",\"error_description\":\"a\\u001b]0;evil\\u0007b\\r"
                + "\\n"
                + "c\\u202Ed\\u200be\\u0085f\\u2028g\\u009bh\"}");

    assertThat(error.error()).isEqualTo("in [2Jvalid");
    assertThat(error.description()).isEqualTo("a ]0;evil b cde f g h");
  }

  @Test
  void longTextsAreTruncated() {
    String text = "lorem ipsum ".repeat(10_000);
    OAuthError error = read("{\"error\":\"" + text + "\",\"error_description\":\"" + text + "\"}");

    assertThat(error.error()).hasSize(200);
    assertThat(error.description()).hasSize(2000);
  }

  @Test
  void truncationNeverSplitsACharacter() {
    OAuthError error = read("{\"error\":\"" + "x".repeat(199) + "😀\"}");

    assertThat(error.error()).isEqualTo("x".repeat(199));
  }

  @Test
  void tokenThatAServerQuotesBackIsRemoved() {
    String token = "0.AXoA7kD-9mZ1q" + "Zx9_".repeat(20);
    OAuthError error =
        read(
            "{\"error\":\"invalid_grant\",\"error_description\":\"Token "
                + token
                + " of 0f8fad5b-d9cb-469f-a165-70867728950e is bad for"
                + " DeviceManagementServiceConfiguration.ReadWrite.All\"}");

    assertThat(error.description())
        .doesNotContain("Zx9_Zx9_")
        .contains("[redacted]")
        .contains("0f8fad5b-d9cb-469f-a165-70867728950e")
        .contains("DeviceManagementServiceConfiguration.ReadWrite.All");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "[]", "{\\\"a\\\":", ""})
  void claimsThatCouldNotBeSentBackAreDropped(String claims) {
    OAuthError error = read("{\"error\":\"x\",\"claims\":\"" + claims + "\"}");

    assertThat(error.claims()).isNull();
  }

  private static OAuthError read(String body) {
    return Objects.requireNonNull(OAuthErrors.read(400, Json.object(body)));
  }

  @Test
  void claimsAreEscapedAndNotCleaned() {
    OAuthError error =
        read("{\"error\":\"x\",\"claims\":\"{\\\"a\\\":\\n\\\"\\u202eb\\u3164\\\"}\"}");

    assertThat(error.claims()).isEqualTo("{\"a\": \"\\u202eb\\u3164\"}");
  }
}
