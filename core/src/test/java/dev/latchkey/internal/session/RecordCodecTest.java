package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.Account;
import dev.latchkey.ScopeAudit;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session records to text and back. */
class RecordCodecTest {

  private static final String ID = "a11ce";

  private static final SessionRecord FULL =
      new SessionRecord(
          "https://issuer.example",
          "client",
          new Account(
              ID, "https://issuer.example", "sub", "oid", "tid", "alice@example", "Ålice 🔑"),
          Set.of("User.Read", "openid"),
          Set.of("openid"),
          1_700_000_000_000L,
          "refresh \"quoted\" \\ é",
          Reason.PASSWORD_CHANGED,
          true,
          -3_600_000,
          Map.of(
              "User.Read openid",
              new StoredToken("access", "Bearer", 1, 2, 3, audit("User.Read")),
              "Mail.Read",
              new StoredToken("other", "Bearer", 4, 5, 6, audit("Mail.Read"))));

  @Test
  void everyMemberSurvivesARoundTrip() {
    SessionRecord back = RecordCodec.read(ID, RecordCodec.write(FULL));

    assertThat(back).isEqualTo(FULL);
  }

  @Test
  void absentMembersStayAbsent() {
    Account account = new Account(ID, "iss", null, null, null, null, null);
    SessionRecord bare =
        new SessionRecord(
            "server", "client", account, Set.of(), Set.of(), 0, null, null, false, 0, Map.of());

    SessionRecord back = RecordCodec.read(ID, RecordCodec.write(bare));

    assertThat(back).isEqualTo(bare);
  }

  @Test
  void membersThatALaterVersionAddsAreIgnored() {
    JsonObject json = json();
    json.addProperty("colour", "green");

    assertThat(RecordCodec.read(ID, json.toString())).isEqualTo(FULL);
  }

  @Test
  void reasonThatALaterVersionAddsStillMeansTheEnd() {
    JsonObject json = json();
    json.addProperty("ended", "MOON_IN_AQUARIUS");

    assertThat(RecordCodec.read(ID, json.toString()).ended()).isEqualTo(Reason.GRANT_REJECTED);
  }

  @Test
  void newerVersionIsNamedAsSuch() {
    JsonObject json = new JsonObject();
    json.addProperty("v", 2);
    json.addProperty("everything", "else is different");

    TokenStoreFailure failure = failure(json.toString());

    assertThat(failure.problem()).isEqualTo(Problem.NEWER);
    assertThat(failure.remedy()).isEqualTo("Update this program.");
  }

  @ParameterizedTest
  @MethodSource("membersThatMustBeThere")
  void recordWithoutAMemberIsDamaged(String name) {
    JsonObject json = json();
    json.remove(name);

    assertThat(failure(json.toString()).problem()).isEqualTo(Problem.DAMAGED);
  }

  @ParameterizedTest
  @MethodSource("members")
  void memberOfAnotherTypeIsDamaged(String name) {
    JsonObject json = json();
    JsonArray wrong = new JsonArray();
    wrong.add(new JsonObject());
    json.add(name, wrong);

    assertThat(failure(json.toString()).problem()).isEqualTo(Problem.DAMAGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "type", "issued_at", "due_at", "ends_at"})
  void tokenWithoutAMemberIsDamaged(String name) {
    JsonObject json = json();
    json.getAsJsonObject("tokens").getAsJsonObject("Mail.Read").remove(name);

    assertThat(failure(json.toString()).problem()).isEqualTo(Problem.DAMAGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "issuer"})
  void accountWithoutAMemberIsDamaged(String name) {
    JsonObject json = json();
    json.getAsJsonObject("account").remove(name);

    assertThat(failure(json.toString()).problem()).isEqualTo(Problem.DAMAGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "true", "\"one\"", "null", "[1]", "{}"})
  void versionThatNeverExistedIsDamaged(String version) {
    JsonObject json = json();
    json.add("v", new Gson().fromJson(version, JsonElement.class));

    assertThat(failure(json.toString()).problem()).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void recordOfAnotherKeyIsDamaged() {
    JsonObject json = json();
    json.getAsJsonObject("account").add("id", new JsonPrimitive("b0b"));

    assertThat(failure(json.toString()).problem()).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void truncatedRecordIsDamaged() {
    String whole = RecordCodec.write(FULL);

    for (int length = 0; length < whole.length(); length++) {
      assertThat(failure(whole.substring(0, length)).problem())
          .as("the first %d characters", length)
          .isEqualTo(Problem.DAMAGED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "\"text\"", "<html>", "{\"v\":1}{\"v\":1}", "{\"v\":1,\"v\":1}"})
  void otherTextIsDamaged(String text) {
    assertThat(failure(text).problem()).isEqualTo(Problem.DAMAGED);
  }

  @Test
  void damageIsReportedWithoutTheContent() {
    String text = RecordCodec.write(FULL).replace("\"v\":1", "\"v\":\"refresh-secret\"");

    TokenStoreFailure failure = failure(text);

    assertThat(failure).hasNoCause();
    assertThat(failure).hasMessageContaining(ID).hasMessageNotContaining("secret");
    assertThat(failure.remedy()).isNotBlank();
  }

  @Test
  void recordsDoNotPrintTheirSecrets() {
    String text =
        FULL
            + " "
            + FULL.tokens()
            + RecordSnapshot.stored(FULL, "v", 0)
            + new Provenance.FromSignIn("v", 1, Set.of("refresh"), Set.of());

    assertThat(text).doesNotContain("refresh").doesNotContain("access").doesNotContain("other");
  }

  static Stream<String> membersThatMustBeThere() {
    return members()
        .filter(
            name ->
                !Set.of("refresh_token", "ended", "sign_in_scopes", "missing_scopes")
                    .contains(name));
  }

  static Stream<String> members() {
    return json().keySet().stream();
  }

  private static JsonObject json() {
    return Json.object(RecordCodec.write(FULL));
  }

  private static TokenStoreFailure failure(String content) {
    return catchThrowableOfType(TokenStoreFailure.class, () -> RecordCodec.read(ID, content));
  }

  private static ScopeAudit audit(String scope) {
    return new ScopeAudit(
        Set.of(scope, "wanted"), Set.of(scope, "given"), Set.of("wanted"), Set.of("given"));
  }

  /** An earlier version may have stored them. */
  @Test
  void storedNamesTenantAndScopesHoldNoControlOrInvisibleCharacters() {
    String text =
        RecordCodec.write(FULL)
            .replace("Ålice", "\\u001b[2JÅl\\u3164ice")
            .replace("\"tid\"", "\"tid\\nready\"")
            .replace("\"tid\\nready\":\"tid", "\"tid\":\"tid")
            .replace("\"openid\"", "\"open\\u2028id\"");

    SessionRecord read = RecordCodec.read(ID, text);

    assertThat(read.account().name()).isEqualTo("[2JÅlice 🔑");
    assertThat(read.account().tenantId()).isNull();
    assertThat(read.missingScopes()).containsExactly("openid");
  }
}
