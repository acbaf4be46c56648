package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An app as simple as can be: knows the endpoints and nothing of waiting, refreshing or storing.
 */
final class HttpApp {
  static final String CLIENT_ID = "1950a258-227b-4e31-a9cf-717495945fc2";
  static final String SCOPE = "User.Read openid profile offline_access";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String base;

  HttpApp(FakeAuthorizationServer server) {
    this.base = server.baseUrl().toString();
  }

  /** An answer with its body read. */
  record Reply(int status, String body, HttpResponse<String> response) {
    JsonObject json() {
      return JsonText.object(body);
    }

    String get(String member) {
      return json().get(member).getAsString();
    }

    String error() {
      return get("error");
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Reply begin() throws IOException, InterruptedException {
    return begin("common", Map.of());
  }

  Reply begin(String tenant, Map<String, String> more) throws IOException, InterruptedException {
    return post(
        "/" + tenant + "/oauth2/v2.0/devicecode",
        with(Map.of("client_id", CLIENT_ID, "scope", SCOPE), more));
  }

  Reply poll(Reply begun) throws IOException, InterruptedException {
    return poll(begun, Map.of());
  }

  Reply poll(Reply begun, Map<String, String> more) throws IOException, InterruptedException {
    return post(
        "/common/oauth2/v2.0/token",
        with(
            Map.of(
                "grant_type",
                TokenHandler.DEVICE_CODE,
                "client_id",
                CLIENT_ID,
                "device_code",
                begun.get("device_code")),
            more));
  }

  /** Signs somebody in on the shortest way. */
  Reply signIn(FakeAuthorizationServer server, String username)
      throws IOException, InterruptedException {
    server.approveNext(username);
    return poll(begin());
  }

  Reply refresh(Reply tokens) throws IOException, InterruptedException {
    return refresh(tokens, Map.of());
  }

  Reply refresh(Reply tokens, Map<String, String> more) throws IOException, InterruptedException {
    return post(
        "/common/oauth2/v2.0/token",
        with(
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                CLIENT_ID,
                "refresh_token",
                tokens.get("refresh_token")),
            more));
  }

  Reply userInfo(Reply tokens) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(base + "/oidc/userinfo"))
            .header("Authorization", "Bearer " + tokens.get("access_token"))
            .build());
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)).build());
  }

  Reply post(String path, Map<String, String> form) throws IOException, InterruptedException {
    return send(form(path, form).build());
  }

  HttpRequest.Builder form(String path, Map<String, String> form) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(encode(form)));
  }

  Reply send(HttpRequest request) throws IOException, InterruptedException {
    var response = http.send(request, BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.body(), response);
  }

  HttpClient http() {
    return http;
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    var all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
