package dev.latchkey.graph.drive;

import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.time.Duration;

/** One server, and one sign-in, for all tests: signing in takes a second. */
final class SharedServer {

  static final String ADELE = "adele@contoso.example";
  static final FakeAuthorizationServer SERVER =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  static final TokenSource TOKENS = signIn("Files.ReadWrite.All", "Sites.ReadWrite.All");

  private SharedServer() {}

  /** Signs Adele in for these scopes. */
  static TokenSource signIn(String... scopes) {
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(SERVER.baseUrl()))
            .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
            .scopes(scopes)
            .build();
    SERVER.approveNext(ADELE);
    Account account = client.beginSignIn().await().account();
    return client.tokens(account);
  }
}
