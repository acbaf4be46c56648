package dev.latchkey.interop.glewlwyd;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * The API of glewlwyd for somebody who is signed in at the server. Its login page, a program in
 * JavaScript, does what it does by these calls.
 */
final class GlewlwydApi {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI root;

  private GlewlwydApi(URI root) {
    this.root = root;
  }

  static GlewlwydApi signIn(URI root, String username, String password) {
    GlewlwydApi api = new GlewlwydApi(root);
    api.post("auth/", Map.of("username", username, "password", password));
    return api;
  }

  void post(String path, Object json) {
    send("POST", path, json);
  }

  void put(String path, Object json) {
    send("PUT", path, json);
  }

  /** Opens a page that redirects to the login page, and returns where exactly. */
  String redirectOf(URI page) {
    HttpResponse<String> response = send(HttpRequest.newBuilder(page).GET());
    return response
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(page + " answered " + response.statusCode()));
  }

  private void send(String method, String path, Object json) {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(root.resolve("/api/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(new Gson().toJson(json))));
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "%s %s answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
