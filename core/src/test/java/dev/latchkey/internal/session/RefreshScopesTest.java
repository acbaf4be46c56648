package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.PublicClient;
import dev.latchkey.ScopeAudit;
import dev.latchkey.TokenSource;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Scope sets of one account share a refresh token; each has its own access token and granted
 * scopes.
 */
class RefreshScopesTest {

  private static final Account ALICE = RefreshRun.account();

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final RotatingServer rotating = new RotatingServer();
  private final PublicClient client = run.client();
  private final TokenSource tokens = client.tokens(ALICE);

  @Test
  void scopeSetsHaveTheirOwnAccessTokensAndShareTheRefreshToken() {
    server.answerBy("/token", rotating);
    TokenSource mail = client.tokens(ALICE, List.of("Mail.Read"));

    AccessToken ofMail = mail.get();
    AccessToken ofUser = tokens.get();
    AccessToken ofUserElsewhere = run.tokens().get();

    assertThat(ofMail.value()).isEqualTo("access-1");
    assertThat(ofUser.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(ofUserElsewhere.value()).isEqualTo(RefreshRun.ACCESS_TOKEN);
    assertThat(rotating.redemptions()).hasSize(1);
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
  }

  @Test
  void orderOfTheScopesDoesNotMatter() {
    TokenSource one = client.tokens(ALICE, List.of("b", "a"));
    TokenSource other = client.tokens(ALICE, List.of("a b"));

    assertThat(one).isSameAs(other);
  }

  @Test
  void requestNamesTheScopesAndTheClient() {
    server.answerBy("/token", rotating);

    AccessToken unused = client.tokens(ALICE, List.of("Mail.Read")).get();

    assertThat(server.requests("/token").get(0).form())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                RefreshRun.CLIENT_ID,
                "refresh_token",
                RefreshRun.REFRESH_TOKEN,
                "scope",
                "Mail.Read openid profile offline_access"));
  }

  @Test
  void scopesThatTheSignInDidNotGetAreNotRequestedAgain() {
    server.answerBy("/token", rotating);
    run.put(missing(Set.of("User.Read", "profile")));
    run.time.advance(RefreshRun.HOUR);

    AccessToken unused = tokens.get();

    assertThat(rotating.redemptions().get(0)).containsEntry("scope", "openid offline_access");
  }

  @Test
  void withNoScopeLeftNoneIsSent() {
    server.answerBy("/token", rotating);
    run.put(missing(RefreshRun.SCOPES));
    run.time.advance(RefreshRun.HOUR);

    AccessToken unused = tokens.get();

    assertThat(rotating.redemptions().get(0)).doesNotContainKey("scope");
  }

  @Test
  void tokenNamesMissingAndExtraScopes() {
    server.answer(
        "/token", Answer.json(200, Body.tokens().with("scope", "Mail.Send openid offline_access")));

    run.time.advance(RefreshRun.HOUR);

    ScopeAudit audit = tokens.get().scopes();

    assertThat(audit.requested()).isEqualTo(RefreshRun.SCOPES);
    assertThat(audit.missing()).containsExactlyInAnyOrder("User.Read", "profile");
    assertThat(audit.extra()).containsExactly("Mail.Send");
  }

  @Test
  void withoutANewRefreshTokenTheOldOneIsKept() {
    server.answer(
        "/token",
        Answer.json(200, Body.tokens().without("refresh_token")),
        Answer.json(200, Body.tokens().without("refresh_token")));
    run.time.advance(RefreshRun.HOUR);

    AccessToken unused = tokens.get();
    run.time.advance(RefreshRun.HOUR);
    unused = tokens.get();

    assertThat(run.storedRefreshToken()).isEqualTo(RefreshRun.REFRESH_TOKEN);
    assertThat(server.requests("/token"))
        .extracting(request -> request.form().get("refresh_token"))
        .containsOnly(RefreshRun.REFRESH_TOKEN);
  }

  @Test
  void statusListsTheTokensWithoutTheirValues() {
    server.answerBy("/token", rotating);
    AccessToken unused = client.tokens(ALICE, List.of("Mail.Read")).get();

    AccountStatus status = Objects.requireNonNull(client.status(ALICE));

    assertThat(status.canRefresh()).isTrue();
    assertThat(status.signInRequired()).isNull();
    assertThat(status.tokens()).hasSize(2).extracting(AccessToken::value).containsOnly("");
    assertThat(status.tokens())
        .extracting(AccessToken::expiresAt)
        .allMatch(end -> end.toEpochMilli() > run.time.wallMillis());
  }

  private SessionRecord missing(Set<String> scopes) {
    SessionRecord known = run.record(RefreshRun.HOUR);
    return new SessionRecord(
        known.serverId(),
        known.clientId(),
        known.account(),
        known.signInScopes(),
        scopes,
        known.signedInAt(),
        known.refreshToken(),
        null,
        false,
        0,
        known.tokens());
  }
}
