package dev.latchkey.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.InvalidResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LEEWAY = Duration.ofMinutes(5);
  private static final String ISSUER = "https://example.com/realms/r";
  private static final String TEMPLATE = "https://login.microsoftonline.com/{tenantid}/v2.0";

  @Test
  void claimsAreRead() {
    IdToken token =
        IdToken.parse(
            jwt(
                "{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"c\",\"exp\":1772366400,\"iat\":1772366400,\"azp\":\"c\","
                    + "\"oid\":\"o\",\"tid\":\"t\",\"preferred_username\":\"a@b\","
                    + "\"name\":\"A\\u001bB\",\"nonce\":7}"));

    assertThat(token)
        .isEqualTo(new IdToken("i", "s", List.of("c"), NOW, "c", "o", "t", "a@b", "A B", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a.b",
        "a.b.c.d",
        "a.!!.c",
        "a..c",
        "a.bm90IGpzb24.c",
        "a.W10.c",
      })
  void textThatIsNotAJwtIsRejected(String jwt) {
    assertThatThrownBy(() -> IdToken.parse(jwt)).isInstanceOf(InvalidResponse.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iss|{\"sub\":\"s\",\"aud\":\"c\",\"exp\":1}",
        "sub|{\"iss\":\"i\",\"aud\":\"c\",\"exp\":1}",
        "aud|{\"iss\":\"i\",\"sub\":\"s\",\"aud\":[1],\"exp\":1}",
        "iss|{\"iss\":\"i\\ufffd\",\"sub\":\"s\",\"aud\":\"c\",\"exp\":1}",
        "sub|{\"iss\":\"i\",\"sub\":\"s\\ufffd\",\"aud\":\"c\",\"exp\":1}",
      })
  void missingClaimIsNamed(String claim, String claims) {
    assertThatThrownBy(() -> IdToken.parse(jwt(claims)))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + claim + "\"");
  }

  @Test
  void absurdExpiryIsReadSafely() {
    assertThat(IdToken.parse(jwt("{\"iss\":\"i\",\"sub\":\"s\",\"exp\":1e99}")).expiry())
        .isEqualTo(Instant.ofEpochSecond(Instant.MAX.getEpochSecond()));
  }

  @Test
  void validTokenIsAccepted() {
    IdToken token = token(ISSUER, List.of("client"), NOW.plusSeconds(60), null, null);

    assertThatCode(() -> token.verify(ISSUER, "client", NOW)).doesNotThrowAnyException();
    assertThatCode(() -> token.verify(null, "client", NOW)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/realms/r/",
        "https://example.com/realms/R",
        "http://example.com/realms/r",
        "https://example.com",
      })
  void issuerIsComparedExactly(String issuer) {
    IdToken token = token(issuer, List.of("client"), NOW.plusSeconds(60), null, null);

    assertWrong(token, ISSUER, "iss");
  }

  @Test
  void wrongIssuerIsReportedWithBothNamesAndItsOwnRemedy() {
    IdToken token =
        token("https://evil\u001b.example", List.of("client"), NOW.plusSeconds(60), null, null);

    assertThatThrownBy(() -> token.verify(ISSUER, "client", NOW))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("https://evil .example")
        .hasMessageContaining(ISSUER)
        .extracting(e -> ((InvalidResponse) e).remedy())
        .asString()
        .contains("issuer", "slash");
  }

  @Test
  void tenantTemplateMatchesTheTenantOfTheToken() {
    String tid = "9122040d-6c67-4c5b-b112-36a304b66dad";
    IdToken right = ofTenant(tid, tid);

    assertThatCode(() -> right.verify(TEMPLATE, "client", NOW)).doesNotThrowAnyException();
    assertWrong(ofTenant("11111111-6c67-4c5b-b112-36a304b66dad", tid), TEMPLATE, "iss");
    assertWrong(ofTenant(tid, null), TEMPLATE, "tid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "contoso.example",
        "evil.example",
        "",
        "{tenantid}",
        "9122040d-6c67-4c5b-b112-36a304b66dad ",
        "9122040d-6c67-4c5b-b112-36a304b66dad/x",
        "9122040d6c674c5bb11236a304b66dad",
      })
  void tenantThatIsNoGuidDoesNotBecomePartOfTheIssuer(String tid) {
    assertWrong(ofTenant(tid, tid), TEMPLATE, "tid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://{tenantid}",
        "https://{tenantid}/v2.0",
        "https://{tenantid}.example/v2.0",
        "https://me@{tenantid}/v2.0",
        "https://e.com/x{tenantid}/v2.0",
        "https://e.com/{tenantid}x/v2.0",
        "https://e.com/{tenantid}/{tenantid}",
        "https://e.com/?x=/{tenantid}",
        "https://e.com/#/{tenantid}",
      })
  void tenantThatIsNotASegmentOfThePathIsNotReplaced(String template) {
    String tid = "9122040d-6c67-4c5b-b112-36a304b66dad";
    Instant later = NOW.plusSeconds(60);
    IdToken token = token(template.replace("{tenantid}", tid), List.of("client"), later, null, tid);

    assertThat(TenantTemplate.isTemplate(template)).isFalse();
    assertWrong(token, template, "iss");
  }

  @Test
  void tokenForAnotherClientIsRejected() {
    assertWrong(
        token(ISSUER, List.of("other"), NOW.plusSeconds(60), "client", null), ISSUER, "aud");
    assertWrong(token(ISSUER, List.of(), NOW.plusSeconds(60), null, null), ISSUER, "aud");
  }

  @Test
  void severalAudiencesRequireATokenIssuedToThisClient() {
    List<String> both = List.of("other", "client");
    Instant later = NOW.plusSeconds(60);
    IdToken right = token(ISSUER, both, later, "client", null);

    assertThatCode(() -> right.verify(ISSUER, "client", NOW)).doesNotThrowAnyException();
    assertWrong(token(ISSUER, both, later, "other", null), ISSUER, "azp");
    assertWrong(token(ISSUER, both, later, null, null), ISSUER, "azp");
    assertWrong(token(ISSUER, List.of("client"), later, "other", null), ISSUER, "azp");
  }

  @Test
  void expiredTokenIsRejectedBeyondTheLeeway() {
    List<String> client = List.of("client");
    IdToken within = token(ISSUER, client, NOW.minus(LEEWAY).plusSeconds(1), null, null);

    assertThatCode(() -> within.verify(ISSUER, "client", NOW)).doesNotThrowAnyException();
    assertWrong(token(ISSUER, client, NOW.minus(LEEWAY), null, null), ISSUER, "exp");
  }

  @Test
  void expiredTokenIsReportedWithBothTimesAndTheClockAsRemedy() {
    IdToken token = token(ISSUER, List.of("client"), NOW.minus(LEEWAY), null, null);

    assertThatThrownBy(() -> token.verify(ISSUER, "client", NOW))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("2026-03-01T11:55:00Z")
        .hasMessageContaining("2026-03-01T12:00:00Z")
        .extracting(e -> ((InvalidResponse) e).remedy())
        .asString()
        .contains("time zone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"exp\":\"soon\"", ",\"exp\":null"})
  void tokenWithoutAnExpiryIsRejected(String exp) {
    IdToken token =
        IdToken.parse(jwt("{\"iss\":\"i\",\"sub\":\"s\",\"aud\":\"client\"" + exp + "}"));

    assertWrong(token, "i", "exp");
  }

  @Test
  void identifierOfAbsurdLengthIsRejected() {
    String sub = "s".repeat(1_001);

    assertThatThrownBy(() -> IdToken.parse(jwt("{\"iss\":\"i\",\"sub\":\"" + sub + "\"}")))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"sub\"");
  }

  @Test
  void toStringDoesNotNameThePerson() {
    IdToken token = new IdToken("i", "S1", List.of("c"), NOW, null, "S2", "t", "S3", "S4", "S5");

    assertThat(token.toString()).doesNotContain("S1", "S2", "S3", "S4", "S5");
  }

  private static IdToken ofTenant(String inIssuer, @Nullable String tid) {
    String issuer = TEMPLATE.replace("{tenantid}", inIssuer);
    return token(issuer, List.of("client"), NOW.plusSeconds(60), null, tid);
  }

  private static IdToken token(
      String issuer,
      List<String> audience,
      Instant expiry,
      @Nullable String authorizedParty,
      @Nullable String tenant) {
    return new IdToken(
        issuer, "s", audience, expiry, authorizedParty, null, tenant, null, null, null);
  }

  private static void assertWrong(IdToken token, String issuer, String claim) {
    assertThatThrownBy(() -> token.verify(issuer, "client", NOW))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + claim + "\"");
  }

  private static String jwt(String claims) {
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".sig";
  }

  /** A cleaned one could be the id of another tenant. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "9122040d\\nready",
        "9122040d\\u200b",
        "9122040d\\u2028x",
        "\\u001b[2J",
        "\\u3164"
      })
  void objectAndTenantWithInvisibleCharactersAreUnknown(String id) {
    IdToken token =
        IdToken.parse(
            jwt(
                "{\"iss\":\"i\",\"sub\":\"s\",\"exp\":1,\"tid\":\""
                    + id
                    + "\",\"oid\":\""
                    + id
                    + "\"}"));

    assertThat(token.tenantId()).isNull();
    assertThat(token.objectId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub"})
  void issuerAndSubjectWithInvisibleCharactersAreRejected(String claim) {
    String other = claim.equals("iss") ? "sub" : "iss";
    String claims = "{\"" + claim + "\":\"a\\u2066\",\"" + other + "\":\"b\",\"exp\":1}";

    assertThatThrownBy(() -> IdToken.parse(jwt(claims)))
        .isInstanceOf(InvalidResponse.class)
        .hasMessageContaining("\"" + claim + "\"");
  }

  @Test
  void nameThatNobodySeesIsNone() {
    IdToken token =
        IdToken.parse(
            jwt(
                "{\"iss\":\"i\",\"sub\":\"s\",\"exp\":1,\"name\":\"\\u2800\\u3164\","
                    + "\"preferred_username\":\"adele\\u034f@contoso\\u2028.com\"}"));

    assertThat(token.name()).isNull();
    assertThat(token.preferredUsername()).isEqualTo("adele@contoso .com");
  }
}
