package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the scopes that Graph misses to a token that has them. */
class MoreScopesTest {

  private static final String ADELE = "adele@contoso.example";

  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  private final PublicClient client =
      PublicClient.builder()
          .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
          .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
          .scopes("User.Read")
          .build();

  @AfterEach
  void stop() {
    server.close();
  }

  private GraphClient graph(TokenSource tokens) {
    return GraphClient.builder(tokens).baseUrl(server.graph().url()).build();
  }

  @Test
  void forbiddenCallSucceedsAfterASignInForItsMissingScopes() {
    server.approveNext(ADELE);
    server.approveNext(ADELE);
    Account account = client.beginSignIn().await().account();
    GraphClient poor = graph(client.tokens(account));

    Forbidden why =
        catchThrowableOfType(Forbidden.class, () -> poor.teams().joined().iterator().hasNext());
    SignInResult more =
        client
            .beginSignIn(
                SignInOptions.NONE.withAccountId(account.id()).withScopes(why.missingScopes()))
            .await();
    GraphClient rich = graph(client.tokens(more.account(), why.missingScopes()));

    assertThat(why.missingScopes()).isNotEmpty();
    assertThat(rich.teams().joined().iterator().hasNext()).isFalse();
    assertThat(more.account()).isEqualTo(account);
    assertThat(server.requests(Endpoint.DEVICE_AUTHORIZATION).get(1).form().get("scope"))
        .contains(why.missingScopes())
        .contains("User.Read");
  }
}
