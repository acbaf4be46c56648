package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.SignInRequired;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client for servers that refuse openid: nothing is added, and nothing says who signed in. */
class ExactScopesTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private SignInRun run(UnaryOperator<PublicClientBuilder> settings) {
    server
        .answerAlways("/device", Answer.json(200, Body.device()))
        .answerAlways("/token", Answer.json(200, Body.tokens()));
    return new SignInRun(
        settings.apply(
            PublicClient.builder()
                .authorizationServer(server.authorizationServer())
                .exactScopes()));
  }

  @Test
  void scopesAreSentAsTheyAreNamed() {
    SignInRun run = run(builder -> builder.scopes("message.read"));
    Account account = run.toSuccess().account();
    run.time.advance(Duration.ofHours(2));

    AccessToken own = run.client().tokens(account).get();
    AccessToken other = run.client().tokens(account, List.of("message.write")).get();

    assertThat(server.requests("/device").get(0).form()).containsEntry("scope", "message.read");
    assertThat(server.requests("/token"))
        .extracting(request -> request.form().get("scope"))
        .containsExactly(null, "message.read", "message.write");
    assertThat(own.scopes().requested()).containsExactly("message.read");
    assertThat(other.scopes().requested()).containsExactly("message.write");
  }

  @Test
  void scopesOfOpenIdThatTheApplicationNamesItselfAreSent() {
    SignInRun run = run(builder -> builder.scopes("profile message.read"));

    SignInResult unused = run.toSuccess();

    assertThat(server.requests("/device").get(0).form())
        .containsEntry("scope", "profile message.read");
  }

  @Test
  void withoutAScopeNoneIsSent() {
    SignInRun run = run(builder -> builder);
    Account account = run.toSuccess().account();
    run.time.advance(Duration.ofHours(2));

    AccessToken unused = run.client().tokens(account).get();

    assertThat(server.requests("/device").get(0).form()).doesNotContainKey("scope");
    assertThat(server.requests("/token").get(1).form()).doesNotContainKey("scope");
  }

  /** The program says which account it is for, since no ID token does. */
  @Test
  void samePersonSigningInAgainIsNoSecondAccount() {
    SignInRun run = run(builder -> builder.scopes("message.read"));
    Account account = run.toSuccess().account();
    SignInRequired why =
        new SignInRequired(
            SignInRequired.Reason.EXPIRED, null, account.id(), "over", null, null, null);

    SignIn again = run.client().beginSignIn(why);
    run.finish(again);

    assertThat(again.await().account()).isEqualTo(account);
    assertThat(run.client().accounts()).containsExactly(account);
  }

  @Test
  void signInThatNamesNoAccountIsANewAccount() {
    SignInRun run = run(builder -> builder.scopes("message.read"));
    Account account = run.toSuccess().account();

    Account other = run.toSuccess().account();

    assertThat(other.id()).isNotEqualTo(account.id());
    assertThat(run.client().accounts()).containsExactlyInAnyOrder(account, other);
  }
}
