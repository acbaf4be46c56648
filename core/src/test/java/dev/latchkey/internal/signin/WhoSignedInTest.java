package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ClientSeams;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.Jwt;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the ID token names, and which ID tokens are rejected: OpenID Connect Core §3.1.3.7. */
class WhoSignedInTest {

  private static final String ISSUER = "https://id.example.com/realms/r";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run =
      new SignInRun(PublicClient.builder().authorizationServer(server(ISSUER)));

  @Test
  void idTokenNamesTheAccount() {
    Body claims =
        Jwt.claims(ISSUER)
            .with("oid", "00000000-0000-0000-66f3-3332eca7ea81")
            .with("tid", "9122040d-6c67-4c5b-b112-36a304b66dad")
            .with("preferred_username", "AbeLi@microsoft.com")
            .with("name", "Abe\u001b[2J Lincoln");
    approve(claims);

    Account account = run.toSuccess().account();

    assertThat(account.issuer()).isEqualTo(ISSUER);
    assertThat(account.subject()).isEqualTo(Jwt.SUBJECT);
    assertThat(account.objectId()).isEqualTo("00000000-0000-0000-66f3-3332eca7ea81");
    assertThat(account.tenantId()).isEqualTo("9122040d-6c67-4c5b-b112-36a304b66dad");
    assertThat(account.username()).isEqualTo("AbeLi@microsoft.com");
    assertThat(account.name()).isEqualTo("Abe [2J Lincoln");
    assertThat(run.client().accounts()).containsExactly(account);
  }

  @ParameterizedTest
  @CsvSource({"Abe \\ud83d, Abe \uFFFD", "\\ude00Abe, \uFFFDAbe", "\\ud83d\\ude00 Abe, 😀 Abe"})
  void nameWithHalfASurrogatePairIsRepairedAndTheSessionStored(String escaped, String name) {
    approve(Jwt.claims(ISSUER).withRaw("name", "\"" + escaped + "\""));

    SignInResult signedIn = run.toSuccess();

    assertThat(signedIn.account().name()).isEqualTo(name);
    assertThat(signedIn.storeFailure()).isNull();
    assertThat(run.client().accounts()).containsExactly(signedIn.account());
  }

  @Test
  void samePersonIsAlwaysTheSameAccount() {
    approve(Jwt.claims(ISSUER));
    approve(Jwt.claims(ISSUER).with("name", "Now with a name"));
    approve(Jwt.claims(ISSUER).with("sub", "somebody-else"));

    Account first = run.toSuccess().account();
    Account again = run.toSuccess().account();
    Account other = run.toSuccess().account();

    assertThat(again.id()).isEqualTo(first.id()).matches("[0-9a-f]{32}");
    assertThat(other.id()).isNotEqualTo(first.id());
    assertThat(run.client().accounts()).containsExactlyInAnyOrder(again, other);
  }

  @Test
  void samePersonAtAnotherClientIsAnotherAccount() {
    approve(Jwt.claims(ISSUER));
    approve(Jwt.claims(ISSUER).with("aud", "another-client"));
    PublicClient other =
        ClientSeams.builder(run.time)
            .authorizationServer(server(ISSUER))
            .clientId("another-client")
            .tokenStore(run.store)
            .build();

    Account mine = run.toSuccess().account();
    SignIn signIn = other.beginSignIn();
    run.finish(signIn);
    Account others = signIn.await().account();

    assertThat(others.id()).isNotEqualTo(mine.id());
    assertThat(run.client().accounts()).containsExactly(mine);
    assertThat(other.accounts()).containsExactly(others);
  }

  @Test
  void accountWithoutAnIdTokenStillWorks() {
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens()));

    SignInResult signedIn = run.toSuccess();

    assertThat(signedIn.account().issuer()).isEqualTo(ISSUER);
    assertThat(signedIn.account().subject()).isNull();
    assertThat(run.client().tokens(signedIn.account()).get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void withoutIdTokensEachSignInIsANewAccountUnlessItNamesAKnownOne() {
    for (int i = 0; i < 3; i++) {
      server.answer("/device", Answer.json(200, Body.device()));
      server.answer("/token", Answer.json(200, Body.tokens()));
    }
    Account first = run.toSuccess().account();
    Account second = run.toSuccess().account();
    SignIn again = run.client().beginSignIn(SignInOptions.NONE.withAccountId(first.id()));
    run.finish(again);

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(again.await().account().id()).isEqualTo(first.id());
    assertThat(run.client().accounts()).containsExactlyInAnyOrder(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "iss, '\"https://id.example.com/realms/r/\"'",
    "iss, '\"https://ID.example.com/realms/r\"'",
    "iss, '\"https://evil.example\"'",
    "iss, null",
    "aud, '\"another-client\"'",
    "aud, '[]'",
    "aud, null",
    "sub, null",
    "sub, '\"\"'",
    "exp, null",
    "exp, 0",
    "exp, -1e99",
    "exp, '\"soon\"'",
  })
  void idTokenWithAWrongClaimIsRejectedByName(String claim, String value) {
    server.answer("/device", Answer.json(200, Body.device()));
    String jwt = Jwt.of(Jwt.claims(ISSUER).withRaw(claim, value));
    server.answer("/token", Answer.json(200, Body.tokens().with("id_token", jwt)));

    InvalidResponse failure = run.toFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"" + claim + "\"");
    assertThat(run.store.keys()).isEmpty();
  }

  @Test
  void issuerThatIsNotTheOneAskedIsNamedBesideIt() {
    approve(Jwt.claims("https://id.example.com/realms/r/"));

    InvalidResponse failure = run.toFailure(InvalidResponse.class);

    assertThat(failure)
        .hasMessageContaining("calls itself https://id.example.com/realms/r/, not " + ISSUER);
    assertThat(failure.remedy()).contains("slash");
  }

  @Test
  void clockThatIsHoursAheadIsNamedAsTheCause() {
    run.time.setWallClock(Duration.ofHours(5)); // and the server sends no Date
    approve(Jwt.claims(ISSUER));

    InvalidResponse failure = run.toFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("clock");
    assertThat(failure.remedy()).contains("time zone of this machine");
  }

  @Test
  void accountOfAPersonIsNotTakenOverByASignInWithoutAnIdToken() {
    approve(Jwt.claims(ISSUER));
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "whose")));
    Account named = run.toSuccess().account();

    SignIn again = run.client().beginSignIn(SignInOptions.NONE.withAccountId(named.id()));
    run.finish(again);
    Account nameless = again.await().account();

    assertThat(nameless.id()).isNotEqualTo(named.id()).matches("anonymous-[0-9a-f]{32}");
    assertThat(run.client().tokens(named).get().value()).isEqualTo(Body.ACCESS_TOKEN);
    assertThat(run.client().tokens(nameless).get().value()).isEqualTo("whose");
    assertThat(run.client().accounts()).containsExactlyInAnyOrder(named, nameless);
  }

  @Test
  void accountOfAPersonWhoSignedOutIsNotTakenOverByASignInWithoutAnIdToken() {
    approve(Jwt.claims(ISSUER));
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens()));
    Account named = run.toSuccess().account();
    run.client().signOut(named);

    SignIn again = run.client().beginSignIn(SignInOptions.NONE.withAccountId(named.id()));
    run.finish(again);
    Account nameless = again.await().account();

    assertThat(nameless.id()).isNotEqualTo(named.id());
    assertThat(run.client().status(named)).isNull();
  }

  @Test
  void severalAudiencesAreRefusedIfTheTokenWasIssuedToNobody() {
    approve(Jwt.claims(ISSUER).with("aud", List.of(SignInRun.CLIENT_ID, "another-client")));

    InvalidResponse failure = run.toFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"azp\"");
  }

  @Test
  void severalAudiencesAreFineIfTheTokenWasIssuedToThisClient() {
    approve(
        Jwt.claims(ISSUER)
            .with("aud", List.of("an-api", SignInRun.CLIENT_ID))
            .with("azp", SignInRun.CLIENT_ID));

    assertThat(run.toSuccess().account().subject()).isEqualTo(Jwt.SUBJECT);
  }

  @Test
  void expiryOfTheIdTokenIsReadWithFiveMinutesOfLeeway() {
    long now = FakeTime.START.getEpochSecond() + 5;
    approve(Jwt.claims(ISSUER).with("exp", now - 299));
    approve(Jwt.claims(ISSUER).with("exp", now - 299));

    run.toSuccess(); // its first poll comes at "now"
    run.toFailure(InvalidResponse.class);
  }

  @Test
  void expiryOfTheIdTokenIsReadByTheServersClock() {
    run.time.setWallClock(Duration.ofDays(30)); // this machine is a month ahead
    String jwt = Jwt.of(Jwt.claims(ISSUER));
    server.answer("/device", Answer.json(200, Body.device()));
    Body tokens = Body.tokens().with("id_token", jwt);
    server.answer(
        "/token",
        Answer.page(
            200, "application/json", tokens.toString(), "Date: Sun, 01 Mar 2026 12:00:05 GMT"));

    assertThat(run.toSuccess().account().subject()).isEqualTo(Jwt.SUBJECT);
  }

  @Test
  void clockOfACaptivePortalDoesNotMakeAnIdTokenExpire() {
    String hoursAhead = "Date: Sun, 01 Mar 2026 15:00:00 GMT";
    server.answer("/device", Answer.page(200, "text/html", "<html>Welcome", hoursAhead));
    approve(Jwt.claims(ISSUER)); // by a server that sends no Date

    run.beginToFailure(InvalidResponse.class);
    SignInResult signedIn = run.toSuccess();

    assertThat(signedIn.account().subject()).isEqualTo(Jwt.SUBJECT);
  }

  @Test
  void withoutAConfiguredIssuerAnyIssuerIsAccepted() {
    SignInRun lenient = new SignInRun(PublicClient.builder().authorizationServer(server(null)));
    approve(Jwt.claims("https://whoever.example"));

    assertThat(lenient.toSuccess().account().issuer()).isEqualTo("https://whoever.example");
  }

  @Test
  void entrasIssuerIsReadWithTheTokensOwnTenant() {
    SignInRun entra = entra(Entra.common());
    String tenant = "9122040d-6c67-4c5b-b112-36a304b66dad";
    approveAtEntra(
        "common", Jwt.claims(server.at("/" + tenant + "/v2.0").toString()).with("tid", tenant));

    assertThat(entra.toSuccess().account().tenantId()).isEqualTo(tenant);
  }

  @ParameterizedTest
  @CsvSource({
    "9122040d-6c67-4c5b-b112-36a304b66dad, 11111111-6c67-4c5b-b112-36a304b66dad, iss",
    "9122040d-6c67-4c5b-b112-36a304b66dad, , tid",
    "a/b, a/b, tid",
  })
  void entrasIssuerOfAnotherTenantThanTheTokensIsRefused(
      String inIssuer, String tid, String claim) {
    SignInRun entra = entra(Entra.common());
    Body claims = Jwt.claims(server.at("/" + inIssuer + "/v2.0").toString());
    approveAtEntra("common", tid == null ? claims : claims.with("tid", tid));

    InvalidResponse failure = entra.toFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"" + claim + "\"");
  }

  @Test
  void entrasTenantIdIsTheOnlyOneAccepted() {
    String asked = "9122040d-6c67-4c5b-b112-36a304b66dad";
    String other = "11111111-6c67-4c5b-b112-36a304b66dad";
    SignInRun entra = entra(Entra.tenant(asked));
    approveAtEntra(
        asked, Jwt.claims(server.at("/" + other + "/v2.0").toString()).with("tid", other));

    InvalidResponse failure = entra.toFailure(InvalidResponse.class);

    assertThat(failure).hasMessageContaining("\"iss\"");
  }

  @Test
  void entrasTenantIdInCapitalsIsTheSameTenant() {
    String tenant = "9122040d-6c67-4c5b-b112-36a304b66dad";
    SignInRun entra = entra(Entra.tenant("9122040D-6C67-4C5B-B112-36A304B66DAD"));
    approveAtEntra(
        tenant, Jwt.claims(server.at("/" + tenant + "/v2.0").toString()).with("tid", tenant));

    assertThat(entra.toSuccess().account().tenantId()).isEqualTo(tenant);
  }

  private SignInRun entra(Entra entra) {
    return new SignInRun(
        PublicClient.builder().authorizationServer(entra.authorityHost(server.at(""))));
  }

  private void approve(Object claims) {
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens().with("id_token", Jwt.of(claims))));
  }

  private void approveAtEntra(String tenant, Body claims) {
    String path = "/" + tenant + "/oauth2/v2.0";
    server.answer(path + "/devicecode", Answer.json(200, Body.device()));
    server.answer(
        path + "/token", Answer.json(200, Body.tokens().with("id_token", Jwt.of(claims))));
  }

  private AuthorizationServer server(@Nullable String issuer) {
    URI token = server.at("/token");
    return AuthorizationServer.of(issuer, server.at("/device"), token, null);
  }
}
