package dev.latchkey.examples.quickstart;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.Entra;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.graph.GraphClientBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Which servers a program talks to, from environment variables. An argument such as {@code
 * LATCHKEY_CLIENT_ID=my-app} overrides a variable. Your own program needs none of this.
 */
record QuickstartSettings(Map<String, String> variables) {

  static QuickstartSettings from(String... arguments) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    for (String argument : arguments) {
      if (argument.startsWith("LATCHKEY_") && argument.contains("=")) {
        variables.put(argument.split("=", 2)[0], argument.split("=", 2)[1]);
      }
    }
    return new QuickstartSettings(variables);
  }

  /** The id under which your app is registered. */
  String clientId() {
    String id = variables.get("LATCHKEY_CLIENT_ID");
    if (id == null) {
      throw new IllegalArgumentException("LATCHKEY_CLIENT_ID is not set");
    }
    return id;
  }

  /** Entra ID, or a server that has the same paths. */
  AuthorizationServer server() {
    String host = variables.get("LATCHKEY_AUTHORITY_HOST");
    return host == null ? Entra.common() : Entra.common().authorityHost(URI.create(host));
  }

  /** Microsoft Graph, or a server that has the same paths. */
  GraphClient graph(TokenSource tokens) {
    GraphClientBuilder graph = GraphClient.builder(tokens);
    String url = variables.get("LATCHKEY_GRAPH_URL");
    return url == null ? graph.build() : graph.baseUrl(URI.create(url)).build();
  }
}
