package dev.latchkey.examples.sync;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeDrive;
import java.time.Duration;

/** A Graph of one's own in which Adele is signed in. */
public final class SignedInGraph implements AutoCloseable {

  public static final String ADELE = "adele@contoso.example";

  public final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  public final GraphClient graph;
  private final TokenSource tokens;

  public SignedInGraph() {
    server.approveNext(ADELE);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
            .clientId("examples")
            .scopes("User.Read", "Files.ReadWrite", "Mail.ReadWrite", "Mail.Send")
            .build();
    tokens = client.tokens(client.beginSignIn().await().account());
    graph = GraphClient.builder(tokens).baseUrl(server.graph().url()).build();
  }

  public String token() {
    return tokens.get().value();
  }

  public FakeDrive drive() {
    return server.graph().drive(ADELE);
  }

  @Override
  public void close() {
    server.close();
  }
}
