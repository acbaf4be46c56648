package dev.latchkey.interop.keycloak;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.interop.fixture.RawHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keycloak's admin REST API, as the bootstrap administrator. Thread-safe. */
final class KeycloakAdmin {
  /** Half of the lifetime, 60 s, of the administrator's access token. */
  private static final Duration TOKEN_USE = Duration.ofSeconds(30);

  private final URI baseUri;
  private final String password;
  private @Nullable String token;
  private long tokenFrom;

  KeycloakAdmin(URI baseUri, String password) {
    this.baseUri = baseUri;
    this.password = password;
  }

  URI baseUri() {
    return baseUri;
  }

  JsonElement get(String path) {
    return request("GET", path, null).element();
  }

  JsonArray list(String path) {
    return get(path).getAsJsonArray();
  }

  void post(String path, @Nullable JsonElement body) {
    request("POST", path, body);
  }

  void put(String path, @Nullable JsonElement body) {
    request("PUT", path, body);
  }

  void delete(String path) {
    request("DELETE", path, null);
  }

  private RawHttp.Answer request(String method, String path, @Nullable JsonElement body) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.toString());
    return RawHttp.send(
            HttpRequest.newBuilder(baseUri.resolve("/admin/realms" + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, publisher))
        .orFail(method + " " + path);
  }

  private synchronized String token() {
    String current = token;
    if (current == null || System.nanoTime() - tokenFrom > TOKEN_USE.toNanos()) {
      tokenFrom = System.nanoTime();
      JsonObject answer =
          RawHttp.postForm(
                  baseUri.resolve("/realms/master/protocol/openid-connect/token"),
                  Map.of(
                      "grant_type", "password",
                      "client_id", "admin-cli",
                      "username", "admin",
                      "password", password))
              .orFail("the administrator's sign-in")
              .json();
      current = answer.get("access_token").getAsString();
      token = current;
    }
    return current;
  }
}
