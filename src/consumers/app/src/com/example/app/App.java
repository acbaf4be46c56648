package com.example.app;

import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.time.Duration;

/** A program for a runtime image: it signs in at a fake server and asks a fake Graph. */
public final class App {

  private App() {}

  public static void main(String[] arguments) {
    try (var server = FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start()) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
              .clientId("app")
              .scopes("User.Read")
              .build();
      server.approveNext("adele@contoso.example");
      Account account = client.beginSignIn().await().account();
      GraphClient graph =
          GraphClient.builder(client.tokens(account)).baseUrl(server.graph().url()).build();

      System.out.println(App.class.getModule().getName() + ": " + graph.me().displayName());
    }
  }
}
