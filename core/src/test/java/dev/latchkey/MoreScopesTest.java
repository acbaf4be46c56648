package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FaultyStore;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScopeServer;
import dev.latchkey.fixture.ScopeServer.Wider;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second scope set ends in one sign-in that asks for it, whatever the server answers. */
class MoreScopesTest {

  private static final String FILES = "Files.ReadWrite";
  private static final String MAIL = "Mail.Read";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(builder());
  private final PublicClient client = run.client();
  private final List<SignInRequired> reasons = new ArrayList<>();

  private PublicClientBuilder builder() {
    return PublicClient.builder()
        .authorizationServer(server.authorizationServer())
        .scopes("User.Read");
  }

  /** The README's handler as it stands, until it ends; the person approves each sign-in. */
  private AccessToken callUntilItEnds(TokenSource tokens) {
    for (int round = 0; round < 3; round++) {
      try {
        return tokens.get();
      } catch (SignInRequired why) {
        reasons.add(why);
        run.finish(client.beginSignIn(why));
      }
    }
    throw new AssertionError("the handler goes round in circles: " + reasons);
  }

  private List<String> asked(int signIn) {
    String scope = server.requests("/device").get(signIn).form().getOrDefault("scope", "");
    return Arrays.asList(scope.split(" ", -1));
  }

  @ParameterizedTest
  @EnumSource
  void handlerOfTheReadmeEndsWithATokenThatHasTheScope(Wider wider) {
    ScopeServer unused = new ScopeServer(server, wider);
    Account account = run.toSuccess().account();

    AccessToken token = callUntilItEnds(client.tokens(account, List.of(FILES)));

    assertThat(token.scopes().granted()).contains(FILES);
    assertThat(reasons)
        .singleElement()
        .satisfies(
            why -> {
              assertThat(why.reason()).isEqualTo(Reason.CONSENT_REQUIRED);
              assertThat(why.scopes()).containsExactly(FILES);
              assertThat(why.accountId()).isEqualTo(account.id());
            });
    assertThat(asked(1)).containsExactly("User.Read", FILES, "openid", "profile", "offline_access");
    assertThat(client.accounts()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void secondScopeSetDoesNotTakeTheFirstOneItsScopes(Wider wider) {
    ScopeServer unused = new ScopeServer(server, wider);
    Account account = run.toSuccess().account();
    AccessToken first = callUntilItEnds(client.tokens(account, List.of(FILES)));

    AccessToken second = callUntilItEnds(client.tokens(account, List.of(MAIL)));
    run.time.advance(Duration.ofHours(2));
    AccessToken firstAgain = callUntilItEnds(client.tokens(account, List.of(FILES)));
    AccessToken own = callUntilItEnds(client.tokens(account));

    assertThat(reasons).hasSize(2);
    assertThat(asked(2)).contains("User.Read", FILES, MAIL);
    assertThat(second.scopes().granted()).contains(MAIL);
    assertThat(firstAgain.scopes().granted()).contains(FILES);
    assertThat(firstAgain.value()).isNotEqualTo(first.value());
    assertThat(own.scopes().granted()).contains("User.Read");
  }

  @Test
  void scopeThatIsStillMissingAfterASignInIsData() {
    ScopeServer unused = new ScopeServer(server, Wider.IGNORED, FILES);
    Account account = run.toSuccess().account();

    AccessToken token = callUntilItEnds(client.tokens(account, List.of(FILES)));

    assertThat(reasons).hasSize(1);
    assertThat(token.scopes().missing()).containsExactly(FILES);
  }

  @Test
  void twoScopesThatStayMissingDoNotSendThePersonToTheBrowserByTurns() {
    ScopeServer unused = new ScopeServer(server, Wider.IGNORED, FILES, MAIL);
    Account account = run.toSuccess().account();
    TokenSource files = client.tokens(account, List.of(FILES));
    TokenSource mail = client.tokens(account, List.of(MAIL));
    List<AccessToken> first = List.of(callUntilItEnds(files), callUntilItEnds(mail));

    List<AccessToken> second = List.of(callUntilItEnds(files), callUntilItEnds(mail));

    assertThat(reasons).hasSize(2);
    for (List<AccessToken> tokens : List.of(first, second)) {
      assertThat(tokens)
          .extracting(token -> token.scopes().missing())
          .containsExactly(Set.of(FILES), Set.of(MAIL));
    }
    assertThat(asked(2)).contains(MAIL).doesNotContain(FILES);
  }

  /** Perhaps the app's registration was mended meanwhile. */
  @Test
  void signInThatNamesAMissingScopeAsksForItAgain() {
    ScopeServer unused = new ScopeServer(server, Wider.IGNORED, FILES);
    Account account = run.toSuccess().account();
    AccessToken without = callUntilItEnds(client.tokens(account, List.of(FILES)));
    ScopeServer unusedNow = new ScopeServer(server, Wider.IGNORED);

    run.finish(
        client.beginSignIn(
            SignInOptions.NONE.withAccountId(account.id()).withScopes(List.of(FILES))));

    assertThat(without.scopes().missing()).containsExactly(FILES);
    assertThat(asked(2)).contains(FILES);
    assertThat(callUntilItEnds(client.tokens(account, List.of(FILES))).scopes().missing())
        .isEmpty();
  }

  @Test
  void scopeThatTheServerRefusesAfterASignInIsTheAppsFault() {
    ScopeServer unused = new ScopeServer(server, Wider.INVALID_SCOPE, FILES);
    Account account = run.toSuccess().account();
    TokenSource files = client.tokens(account, List.of(FILES));

    assertThatThrownBy(() -> callUntilItEnds(files)).isExactlyInstanceOf(AppMisconfigured.class);

    assertThat(reasons).hasSize(1);
    assertThat(callUntilItEnds(client.tokens(account)).scopes().granted()).contains("User.Read");
  }

  /** The refresh that came without the scope rotated the refresh token all the same. */
  @Test
  void refreshTokenOfANarrowerTokenIsKept() {
    ScopeServer unused = new ScopeServer(server, Wider.IGNORED);
    Account account = run.toSuccess().account();

    assertThatThrownBy(() -> client.tokens(account, List.of(FILES)).get())
        .isExactlyInstanceOf(SignInRequired.class);
    run.time.advance(Duration.ofHours(2));
    AccessToken token = client.tokens(account).get();

    assertThat(token.scopes().granted()).contains("User.Read");
    assertThat(server.requests("/token"))
        .extracting(request -> request.form().get("refresh_token"))
        .containsExactly(null, "refresh-1", "refresh-2");
  }

  @Test
  void moreScopesForAnAccountAreAskedForWithItsOthersInOneLine() {
    ScopeServer unused = new ScopeServer(server, Wider.IGNORED);
    Account account = run.toSuccess().account();
    AccessToken first = callUntilItEnds(client.tokens(account, List.of(FILES)));

    run.finish(
        client.beginSignIn(
            SignInOptions.NONE.withAccountId(account.id()).withScopes(List.of(MAIL))));

    assertThat(first.scopes().granted()).contains(FILES);
    assertThat(asked(2)).contains("User.Read", FILES, MAIL);
    assertThat(callUntilItEnds(client.tokens(account, List.of(FILES, MAIL))).scopes().granted())
        .contains(FILES, MAIL);
    assertThat(reasons).hasSize(1);
  }

  @Test
  void signInWithoutAnAccountAsksForNobodysScopes() {
    ScopeServer unused = new ScopeServer(server, Wider.IGNORED);
    Account account = run.toSuccess().account();
    AccessToken first = callUntilItEnds(client.tokens(account, List.of(FILES)));

    run.finish(client.beginSignIn());

    assertThat(first.scopes().granted()).contains(FILES);
    assertThat(asked(2)).containsExactly("User.Read", "openid", "profile", "offline_access");
  }

  /** A store that cannot be read is no reason to keep the person from signing in. */
  @Test
  void storeThatCannotBeReadCostsTheOtherScopesOnly() {
    RefreshRun stored = new RefreshRun(server).signedIn();
    server.answer("/device", Answer.json(200, Body.device()));
    stored.store.fail(FaultyStore.Call.READ, TokenStoreFailure.Problem.LOCKED);

    SignIn signIn =
        stored
            .client()
            .beginSignIn(
                SignInOptions.NONE
                    .withAccountId(RefreshRun.account().id())
                    .withScopes(List.of(FILES)));

    assertThat(signIn.cancel()).isTrue();
    assertThat(asked(0)).contains("User.Read", FILES);
  }

  @Test
  void hintAndRequiredStrengthTravelWithTheFirstRequest() {
    server.answer("/device", Answer.json(200, Body.device()));

    SignIn signIn =
        client.beginSignIn(
            SignInOptions.NONE
                .withLoginHint("adele@contoso.example")
                .withAcrValues("urn:example:mfa", "pwd")
                .withMaxAge(Duration.ofMinutes(5)));

    assertThat(signIn.cancel()).isTrue();
    assertThat(server.requests("/device").get(0).form())
        .containsAllEntriesOf(
            Map.of(
                "login_hint",
                "adele@contoso.example",
                "acr_values",
                "urn:example:mfa pwd",
                "max_age",
                "300"));
  }

  /** The next sign-in asks for all that this one did, not for what the client was built with. */
  @Test
  void signInWhoseCodeIsRejectedCarriesWhatItAskedFor() {
    server
        .answer("/device", Answer.json(200, Body.device()), Answer.json(200, Body.device()))
        .answer("/token", Answer.error("invalid_grant"));
    Requirements wanted =
        new Requirements(
            "{\"a\":1}", "anonymous-1", Set.of(FILES), List.of("mfa"), Duration.ofMinutes(5));
    SignInRequired why =
        new SignInRequired(Reason.CONSENT_REQUIRED, wanted, "over", null, null, null);
    SignIn signIn = client.beginSignIn(why);
    run.finish(signIn);

    SignInRequired again = SignInRun.failure(SignInRequired.class, signIn);

    assertThat(again.reason()).isEqualTo(Reason.DEVICE_CODE_REJECTED);
    assertThat(again.requirements()).isEqualTo(wanted);
    assertThat(client.beginSignIn(again).cancel()).isTrue();
    assertThat(server.requests("/device").get(1).form())
        .isEqualTo(server.requests("/device").get(0).form());
  }

  @Test
  void claimsAppearInNoText() {
    Requirements secret = Requirements.NONE.withClaims("{\"nonce\":\"a-nonce\"}");

    assertThat(secret.toString()).doesNotContain("a-nonce");
  }

  /** As RFC 6749 §4.1.2.1 lets a server do with the whole request for one scope of it. */
  private Account accountWithAScopeThatIsGone() {
    ScopeServer unused = new ScopeServer(server, Wider.INVALID_SCOPE);
    Account account = run.toSuccess().account();
    AccessToken unusedToken = callUntilItEnds(client.tokens(account, List.of(FILES)));
    server.answerBy(
        "/device",
        request ->
            request.form().getOrDefault("scope", "").contains(FILES)
                ? Answer.error("invalid_scope")
                : Answer.json(200, Body.device()));
    return account;
  }

  @Test
  void earlierScopeThatTheServerNoLongerAcceptsIsNamedWithItsRemedy() {
    SignInOptions again = SignInOptions.NONE.withAccountId(accountWithAScopeThatIsGone().id());

    assertThatThrownBy(() -> client.beginSignIn(again))
        .isInstanceOfSatisfying(
            AppMisconfigured.class,
            wrong -> {
              assertThat(wrong).hasMessageEndingWith("brought them: " + FILES);
              assertThat(wrong.remedy()).contains("withoutEarlierScopes");
            });
  }

  @Test
  void accountSignsInAgainWithoutItsEarlierScopes() {
    Account account = accountWithAScopeThatIsGone();
    SignInOptions options =
        SignInOptions.NONE
            .withAccountId(account.id())
            .withScopes(List.of(MAIL))
            .withoutEarlierScopes();

    SignIn without = client.beginSignIn(options);
    run.finish(without);
    Account again = without.await().account();
    SignIn afterwards = client.beginSignIn(SignInOptions.NONE.withAccountId(account.id()));
    run.finish(afterwards);

    assertThat(options.earlierScopes()).isFalse();
    assertThat(again).isEqualTo(account);
    assertThat(asked(2)).containsExactly("User.Read", MAIL, "openid", "profile", "offline_access");
    assertThat(afterwards.await().account()).isEqualTo(account);
  }

  @Test
  void scopeThatTheProgramNamesItselfIsNoEarlierOne() {
    Account account = accountWithAScopeThatIsGone();
    SignInOptions named = SignInOptions.NONE.withAccountId(account.id()).withScopes(List.of(FILES));

    assertThatThrownBy(() -> client.beginSignIn(named))
        .isInstanceOf(AppMisconfigured.class)
        .hasMessageNotContaining("earlier");
  }
}
