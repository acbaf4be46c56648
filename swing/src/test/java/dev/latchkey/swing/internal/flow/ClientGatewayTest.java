package dev.latchkey.swing.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.TestUser;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call still needs after another one's sign-in, on a real client. */
class ClientGatewayTest {

  private static final String PERSON = "ann@contoso.example";

  private @Nullable FakeAuthorizationServer server;
  private @Nullable PublicClient client;
  private @Nullable Account account;

  @BeforeEach
  void signIn() {
    server = FakeAuthorizationServer.builder().user(TestUser.of(PERSON)).start();
    client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("any")
            .scopes("User.Read")
            .build();
    var signIn = client.beginBrowserSignIn();
    var unused = server.approveInBrowser(signIn.uri(), PERSON);
    account = signIn.await().account();
  }

  @AfterEach
  void stop() {
    Objects.requireNonNull(server).close();
  }

  @Test
  void tokenThatCameWithTheSignInIsEnough() throws Exception {
    assertThat(stillRequired(Requirements.NONE.withScopes(Set.of("User.Read")))).isNull();
    assertThat(stillRequired(Requirements.NONE)).isNull();
  }

  @Test
  void sessionThatHasEndedOnceMoreWantsThePersonOnceMore() throws Exception {
    Objects.requireNonNull(server).people().revokeSessions(PERSON);

    SignInRequired again =
        stillRequired(
            Requirements.NONE.withClaims(
                "{\"access_token\":{\"acrs\":{\"value\":\"c1\",\"essential\":true}}}"));

    assertThat(again).isNotNull();
    assertThat(again.accountId()).isEqualTo(Objects.requireNonNull(account).id());
  }

  /** Core could show a token for them, but only the API knows whether it will do. */
  @Test
  void strengthThatAnApiDemandsIsNotTakenForGranted() throws Exception {
    Requirements recent = new Requirements(null, null, Set.of(), List.of(), Duration.ofMinutes(5));
    Requirements strong = new Requirements(null, null, Set.of(), List.of("phr"), null);

    assertThat(Objects.requireNonNull(stillRequired(recent)).requirements().maxAge())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(Objects.requireNonNull(stillRequired(strong)).requirements().acrValues())
        .containsExactly("phr");
  }

  @Test
  void whatElseGoesWrongIsLeftToTheCall() throws Exception {
    Objects.requireNonNull(server).close();

    assertThat(stillRequired(Requirements.NONE.withScopes(Set.of("Files.Read")))).isNull();
    assertThat(stillRequired(Requirements.NONE.withClaims("no claims at all"))).isNull();
  }

  private @Nullable SignInRequired stillRequired(Requirements needed) throws Exception {
    Account who = Objects.requireNonNull(account);
    SignInRequired why =
        new SignInRequired(
            Reason.REVOKED, needed.withAccountId(who.id()), "It has ended.", null, null, null);
    return ClientGateway.stillRequired(Objects.requireNonNull(client), who, why).get();
  }
}
