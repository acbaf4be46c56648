package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.SignInOptions;
import dev.latchkey.internal.json.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims parameter: a challenge's JSON and the client's capabilities. */
class ClaimsTest {

  @Test
  void noParameterIsSentWithoutClaimsAndCapabilities() {
    assertThat(Claims.parameter(null, Set.of())).isNull();
  }

  @Test
  void capabilitiesAreSentAsEntraDocumentsThem() {
    assertThat(Claims.parameter(null, Set.of("cp1")))
        .isEqualTo("{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}");
  }

  @Test
  void challengeIsSentUnchanged() {
    String challenge = "{\"id_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

    assertThat(Claims.parameter(Claims.parse(challenge), Set.of())).isEqualTo(challenge);
  }

  @Test
  void challengeAndCapabilitiesAreMergedMemberByMember() {
    String challenge =
        "{\"access_token\":{\"nbf\":{\"value\":\"1604106651\"},\"xms_cc\":{\"values\":[\"cp9\"]}},"
            + "\"id_token\":{\"a\":null}}";

    assertThat(Claims.parameter(Claims.parse(challenge), Set.of("cp2", "cp1")))
        .isEqualTo(
            "{\"access_token\":{\"nbf\":{\"value\":\"1604106651\"},"
                + "\"xms_cc\":{\"values\":[\"cp1\",\"cp2\"]}},\"id_token\":{\"a\":null}}");
  }

  @Test
  void memberThatIsNotAnObjectIsReplaced() {
    assertThat(Claims.parameter(Claims.parse("{\"access_token\":null}"), Set.of("cp1")))
        .isEqualTo("{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"{}\"", "{", "{'a':1}", "{\"a\":1,\"a\":2}", "eyJh"})
  void textThatIsNotAJsonObjectIsRejected(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignInOptions.NONE.withClaims(json))
        .withMessageContaining("claims must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPPER", "a/b", "..", "a b"})
  void invalidAccountIdIsRejected(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> SignInOptions.NONE.withAccountId(id));
  }

  /** They go back to the server, so that cleaning would change what it asked for. */
  @Test
  void invisibleCharactersOfAChallengeAreSentBackEscapedAndNotRemoved() {
    String challenge = "{\n  \"access_token\": {\"nonce\": {\"value\": \"a\u202eb\u009b\"}}\r\n}";

    String sent = Claims.parameter(Claims.parse(challenge), Set.of());

    assertThat(sent).isEqualTo("{\"access_token\":{\"nonce\":{\"value\":\"a\\u202eb\\u009b\"}}}");
    assertThat(Json.object(String.valueOf(sent))).isEqualTo(Json.object(challenge));
  }
}
