package dev.latchkey.examples.demo;

import dev.latchkey.AccessToken;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.TokenSource;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.RecordedRequest;
import dev.latchkey.testkit.Rotation;
import dev.latchkey.testkit.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The servers, with their users and apps. */
public final class DemoServers implements AutoCloseable {

  public static final String ADELE = "adele@contoso.example";
  public static final String BRUNO = "bruno@contoso.example";
  public static final String CHANDRA = "chandra@fabrikam.example";

  public static final String APP = "latchkey-demo";
  static final String PATIENT_APP = "latchkey-demo-patient";

  static final String[] SCOPES = {
    "User.Read",
    "Files.ReadWrite",
    "Files.ReadWrite.All",
    "Sites.Read.All",
    "Team.ReadBasic.All",
    "Channel.ReadBasic.All",
    "ChannelMessage.Send",
    "Tasks.ReadWrite",
    "Mail.ReadWrite",
    "Mail.Send"
  };

  final FakeAuthorizationServer server;
  final DemoContent content;
  final HttpClient http = HttpClient.newHttpClient();

  /** The users. */
  public static List<String> people() {
    return List.of(ADELE, BRUNO, CHANDRA);
  }

  /** The scopes for what the demo's Graph offers. */
  public static List<String> scopes() {
    return List.of(SCOPES);
  }

  /**
   * Starts the servers.
   *
   * @param port where they listen; 0 for any free port
   * @throws UncheckedIOException if the port is in use
   */
  public DemoServers(int port) {
    server =
        FakeAuthorizationServer.builder()
            .port(port)
            .app(TestApp.of(APP).named("Latchkey demo"))
            .app(TestApp.of(PATIENT_APP).named("Latchkey demo, the patient one"))
            .interval(Duration.ofSeconds(1))
            .settings(
                settings ->
                    settings
                        .rotation(Rotation.STRICT)
                        .revocationEndpoint(true)
                        .verificationUriComplete(true))
            .start();
    content = new DemoContent(server);
  }

  /** A client as any app would build it, with its sessions in memory. */
  public PublicClient client(String clientId) {
    return PublicClient.builder()
        .authorizationServer(
            AuthorizationServer.discover(URI.create(server.baseUrl() + "/common/v2.0")))
        .clientId(clientId)
        .clientCapabilities("cp1")
        .scopes(SCOPES)
        .httpClient(http)
        .build();
  }

  /** Graph with the tokens of an account. */
  public GraphClient graph(TokenSource tokens) {
    return GraphClient.builder(tokens).baseUrl(server.graph().url()).httpClient(http).build();
  }

  /** The authorization server, which has Graph beside it. */
  public FakeAuthorizationServer server() {
    return server;
  }

  List<RecordedRequest> tokenRequests(String clientId) {
    return server.requests(Endpoint.TOKEN).stream()
        .filter(request -> clientId.equals(request.form().get("client_id")))
        .toList();
  }

  long refreshRequests() {
    return server.requests(Endpoint.TOKEN).stream().filter(RecordedRequest::isRefresh).count();
  }

  /** Calls an API with a token, as an app would. */
  HttpResponse<String> callApi(AccessToken token) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.userInfoUri())
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + token.value())
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
