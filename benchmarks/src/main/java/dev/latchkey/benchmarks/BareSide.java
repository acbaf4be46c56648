package dev.latchkey.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The floor: the JDK's HTTP client and gson, with no error handled and nothing kept. */
final class BareSide implements Side {

  private final Endpoints endpoints;
  private final String scopes;
  private final HttpClient client = HttpClient.newHttpClient();

  BareSide(Endpoints endpoints, String scopes) {
    this.endpoints = endpoints;
    this.scopes = scopes;
  }

  @Override
  public CompletableFuture<Session> signIn() {
    return CompletableFuture.supplyAsync(
        () -> {
          JsonObject device =
              post("devicecode", "client_id=" + Endpoints.CLIENT_ID + "&scope=" + scopes);
          String poll =
              "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id="
                  + Endpoints.CLIENT_ID
                  + "&device_code="
                  + device.get("device_code").getAsString();
          JsonObject tokens = new JsonObject();
          while (!tokens.has("access_token")) {
            pause(device.get("interval").getAsInt());
            tokens = post("token", poll);
          }
          return new Signed(tokens.get("access_token").getAsString());
        });
  }

  private JsonObject post(String endpoint, String form) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoints.authority() + endpoint))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      return JsonParser.parseString(client.send(request, BodyHandlers.ofString()).body())
          .getAsJsonObject();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(int seconds) {
    try {
      Thread.sleep(seconds * 1000L);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Session> sessions() {
    return List.of();
  }

  private record Signed(String token) implements Session {
    @Override
    public String refresh() {
      throw new UnsupportedOperationException("the floor keeps no refresh token");
    }
  }
}
