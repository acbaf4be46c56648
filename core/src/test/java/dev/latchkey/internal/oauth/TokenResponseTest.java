package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Replies;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResponseTest {

  private static final String REQUIRED = "\"access_token\":\"AT\",\"token_type\":\"Bearer\"";

  @Test
  void everyPartIsRead() {
    TokenResponse answer =
        parse(
            "{"
                + REQUIRED
                + ",\"expires_in\":3599,\"refresh_in\":1800,\"scope\":\"openid User.Read\","
                + "\"refresh_token\":\"RT\",\"id_token\":\"a.b.c\",\"ext_expires_in\":9,\"x\":{}}");

    assertThat(answer)
        .isEqualTo(
            new TokenResponse(
                "AT",
                "Bearer",
                Duration.ofSeconds(3599),
                Duration.ofMinutes(30),
                "openid User.Read",
                "RT",
                "a.b.c"));
  }

  @Test
  void absentMembersHaveDefaults() {
    assertThat(parse("{" + REQUIRED + "}"))
        .isEqualTo(new TokenResponse("AT", "Bearer", null, null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
  void tokenTypeIsCaseInsensitive(String type) {
    var answer = parse("{\"access_token\":\"AT\",\"token_type\":\"" + type + "\"}");

    assertThat(answer.tokenType()).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"token_type\":\"DPoP\"", "\"token_type\":7", "\"x\":1"})
  void anotherTypeOrNoneIsRejected(String type) {
    assertRefused("{\"access_token\":\"AT\"," + type + "}", "token_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A\\r\\nX-Evil: 1",
        "A\\nB",
        "A B",
        "A\\tB",
        "A\\u0000B",
        "A\\u007fB",
        "\\u00c4",
        "A\\u200bB",
        " A",
        "",
      })
  void tokenThatWouldBreakAHeaderIsRejectedAndNotQuoted(String token) {
    assertThatThrownBy(
            () -> parse("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}"))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"access_token\"")
        .hasMessageNotContaining("Evil");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "-5|0",
        "-1e99|0",
        "60.9|60",
        "\"3600\"|3600",
        "1e99|31622400",
        "31622401|31622400",
      })
  void lifetimeIsReadSafely(String expiresIn, long seconds) {
    assertThat(parse("{" + REQUIRED + ",\"expires_in\":" + expiresIn + "}").expiresIn())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"soon\"", "null", "true"})
  void lifetimeThatIsNoNumberIsUnknown(String expiresIn) {
    assertThat(parse("{" + REQUIRED + ",\"expires_in\":" + expiresIn + "}").expiresIn()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3601", "1e99", "\"soon\"", "null"})
  void refreshTimeOutsideTheLifetimeIsIgnored(String refreshIn) {
    var answer = parse("{" + REQUIRED + ",\"expires_in\":3600,\"refresh_in\":" + refreshIn + "}");

    assertThat(answer.refreshIn()).isNull();
  }

  @Test
  void emptyMembersCountAsAbsent() {
    var answer =
        parse("{" + REQUIRED + ",\"refresh_token\":\"\",\"scope\":\" \",\"id_token\":null}");

    assertThat(answer.refreshToken()).isNull();
    assertThat(answer.scope()).isNull();
    assertThat(answer.idToken()).isNull();
  }

  @Test
  void scopeMayBeAnArray() {
    assertThat(parse("{" + REQUIRED + ",\"scope\":[\"a\",\"b\"]}").scope()).isEqualTo("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"refresh_token\":7", "\"refresh_token\":\"a\\u0000b\"", "\"scope\":7"})
  void memberOfTheWrongTypeIsRejected(String part) {
    assertRefused("{" + REQUIRED + "," + part + "}", part.split("\"", -1)[1]);
  }

  @Test
  void errorInA200IsNotAToken() {
    assertThatThrownBy(
            () ->
                TokenResponse.parse(
                    Replies.json(200, "{" + REQUIRED + ",\"error\":\"invalid_grant\"}")))
        .isInstanceOf(InvalidResponse.class);
  }

  @Test
  void tokenWithAFailureStatusIsRejected() {
    assertThatThrownBy(() -> TokenResponse.parse(Replies.json(500, "{" + REQUIRED + "}")))
        .isInstanceOf(InvalidResponse.class);
  }

  @Test
  void toStringHoldsNoToken() {
    var answer =
        parse(
            "{\"access_token\":\"S1\",\"token_type\":\"Bearer\",\"refresh_token\":\"S2\","
                + "\"id_token\":\"S3\"}");

    assertThat(answer.toString()).doesNotContain("S1", "S2", "S3");
  }

  private static TokenResponse parse(String body) {
    return TokenResponse.parse(Replies.json(200, body));
  }

  private static void assertRefused(String body, String member) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + member + "\"");
  }

  /** Nothing sends them back, so they are cleaned, not refused. */
  @Test
  void scopesHoldNoControlOrInvisibleCharacters() {
    String sent =
        "User.Read \u001b]0;owned\u0007Mail.Read\u2028Files.Read\n"
            + "for\u00a0ged \u3164 \u202eTasks.Read";
    Body body = Body.tokens().with("scope", sent);

    TokenResponse response = TokenResponse.parse(Replies.json(200, body.toString()));

    assertThat(response.scope())
        .isEqualTo("User.Read ]0;ownedMail.Read Files.Read for ged Tasks.Read");
  }

  @Test
  void scopeThatNobodySeesIsNone() {
    Body body = Body.tokens().with("scope", "\u200b \u2800");

    assertThat(TokenResponse.parse(Replies.json(200, body.toString())).scope()).isNull();
  }
}
