package dev.latchkey.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Asks the fake Graph over HTTP, for Adele unless a test says otherwise. */
abstract class GraphTest extends ServerTest {

  static final String ALL_SCOPES =
      "User.Read Files.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All Team.ReadBasic.All"
          + " Channel.ReadBasic.All ChannelMessage.Send ChannelMessage.Read.All Tasks.ReadWrite"
          + " Mail.ReadWrite Mail.Send offline_access openid profile";

  final FakeGraph graph = server.graph();
  private String token = "";

  String token() throws IOException, InterruptedException {
    if (token.isEmpty()) {
      token = token(ADELE, ALL_SCOPES);
    }
    return token;
  }

  String token(String username, String scopes) throws IOException, InterruptedException {
    server.approveNext(username);
    return app.poll(app.begin("common", Map.of("scope", scopes))).get("access_token");
  }

  void signInAs(String username) throws IOException, InterruptedException {
    token = token(username, ALL_SCOPES);
  }

  HttpApp.Reply get(String path, String... headers) throws IOException, InterruptedException {
    return call("GET", path, null, headers);
  }

  HttpApp.Reply post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return call("POST", path, json, headers);
  }

  HttpApp.Reply patch(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return call("PATCH", path, json, headers);
  }

  HttpApp.Reply delete(String path, String... headers) throws IOException, InterruptedException {
    return call("DELETE", path, null, headers);
  }

  HttpApp.Reply put(String path, String content, String... headers)
      throws IOException, InterruptedException {
    return call("PUT", path, content, headers);
  }

  private HttpApp.Reply call(
      String method, String pathOrUrl, @Nullable String body, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create(pathOrUrl.startsWith("/") ? graph.url() + pathOrUrl : pathOrUrl);
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, publisher)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json");
    return app.send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  /** Without a token. */
  HttpApp.Reply bare(HttpRequest.Builder request) throws IOException, InterruptedException {
    return app.send(request.build());
  }

  static HttpRequest.Builder to(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  static List<JsonObject> values(HttpApp.Reply page) {
    return StreamSupport.stream(page.json().getAsJsonArray("value").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  static List<String> names(HttpApp.Reply page) {
    return values(page).stream().map(item -> item.get("name").getAsString()).toList();
  }

  static JsonObject error(HttpApp.Reply reply) {
    return reply.json().getAsJsonObject("error");
  }

  static String code(HttpApp.Reply reply) {
    return error(reply).get("code").getAsString();
  }
}
