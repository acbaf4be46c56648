package dev.latchkey.internal.http;

import dev.latchkey.fixture.NetworklessClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Records the requests and sends none. */
final class RecordingClient extends NetworklessClient {

  final List<HttpRequest> requests = new ArrayList<>();

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
    requests.add(request);
    throw new IOException("nothing is sent");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    requests.add(request);
    return new CompletableFuture<>();
  }
}
