package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A token without {@code expires_in} and without a refresh token, as GitHub issues it. */
class TokenWithoutEndTest {

  private static final Body TOKEN =
      new Body()
          .with("access_token", "gho_16C7e42F292c6912E7710c838347Ae178B4a")
          .with("token_type", "bearer")
          .with("scope", "repo,gist");

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run =
      new SignInRun(
          PublicClient.builder()
              .authorizationServer(server.authorizationServer())
              .scopes("repo")
              .exactScopes());

  private SignInResult signIn(Body tokens) {
    server
        .answer("/device", Answer.json(200, Body.device()))
        .answer("/token", Answer.json(200, tokens));
    return run.toSuccess();
  }

  @Test
  void endThatNobodyKnowsIsTheLastSecondOfTheYear9999() {
    assertThat(AccessToken.UNTIL_REFUSED).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @Test
  void itIsGoodAYearLaterToo() {
    Account account = signIn(TOKEN).account();
    TokenSource tokens = run.client().tokens(account);
    String value = tokens.get().value();

    run.time.advance(Duration.ofDays(400));

    assertThat(tokens.get().value()).isEqualTo(value);
    assertThat(tokens.get().expiresAt()).isEqualTo(AccessToken.UNTIL_REFUSED);
    assertThat(Objects.requireNonNull(run.client().status(account)).signInRequired()).isNull();
  }

  @Test
  void anotherProcessReadsItFromTheStoreAsGood() {
    Account account = signIn(TOKEN).account();
    SignInRun other =
        new SignInRun(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .scopes("repo")
                .exactScopes(),
            run.store);
    other.time.advance(Duration.ofDays(400));

    AccessToken token = other.client().tokens(account).get();

    assertThat(token.expiresAt()).isEqualTo(AccessToken.UNTIL_REFUSED);
    assertThat(Objects.requireNonNull(other.client().status(account)).tokens())
        .extracting(AccessToken::expiresAt)
        .containsExactly(AccessToken.UNTIL_REFUSED);
  }

  @Test
  void onceRefusedItAsksForThePerson() {
    TokenSource tokens = run.client().tokens(signIn(TOKEN).account());

    assertThatThrownBy(() -> tokens.replace(tokens.get(), null))
        .isInstanceOfSatisfying(
            SignInRequired.class,
            why -> assertThat(why.reason()).isEqualTo(Reason.NO_REFRESH_TOKEN));
  }

  @Test
  void withARefreshTokenItIsUsedForAnHour() {
    Instant before = Instant.ofEpochMilli(run.time.wallMillis());

    AccessToken token = signIn(TOKEN.with("refresh_token", "refresh-1")).token();

    assertThat(token.expiresAt()).isBetween(before, before.plus(Duration.ofMinutes(61)));
  }
}
