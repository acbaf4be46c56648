package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.graph.BytesContent;
import dev.latchkey.testkit.graph.Caller;
import dev.latchkey.testkit.graph.Content;
import dev.latchkey.testkit.graph.GraphAnswer;
import dev.latchkey.testkit.graph.GraphFailure;
import dev.latchkey.testkit.graph.GraphRequest;
import dev.latchkey.testkit.graph.GraphService;
import dev.latchkey.testkit.graph.StorageRequest;
import dev.latchkey.testkit.graph.World;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts Graph on the port of the authorization server, whose users and tokens it shares, and its
 * storage on a port of its own.
 */
final class GraphHost implements AutoCloseable {

  static final String VERSION = "/v1.0";

  final GraphService graph;
  private final GraphTokens tokens;
  private final StorageHost storageHost;

  GraphHost(Services services, GraphTokens tokens) {
    this.tokens = tokens;
    storageHost = new StorageHost(services, this::answerStorage);
    graph =
        new GraphService(
            new World(services.clock, username -> GraphTokens.find(services.directory, username)),
            new GraphService.Host() {
              @Override
              public String storageOrigin() {
                return storageHost.baseUrl();
              }

              @Override
              public String newSecret() {
                return services.secrets.token("fake-tempauth.");
              }

              @Override
              public String remember(String secret) {
                return services.secrets.remember(secret);
              }
            });
    services.router.mount("/v1\\.0(?:/.*)?", Endpoint.GRAPH, this::answerGraph);
    StorageHost.mount(services.router, this::answerStorageHere);
  }

  String storageOrigin() {
    return storageHost.baseUrl();
  }

  private Answer answerGraph(Request request) {
    var sent =
        new GraphRequest(
            request.method(),
            request.path().substring(VERSION.length()),
            request.query(),
            request::header,
            new BytesContent(request.body()),
            request.baseUrl());
    return answer(graph.answer(sent, () -> caller(request)));
  }

  private Caller caller(Request request) {
    var refused = tokens.check(request, graph.settings());
    if (refused.caller() == null) {
      throw GraphFailure.unauthorized(refused.status(), refused.message(), refused.challenges());
    }
    return refused.caller();
  }

  private Answer answerStorage(Request request) {
    return answer(graph.storage().answer(storageRequest(request, false)));
  }

  private Answer answerStorageHere(Request request) {
    return answer(graph.storage().answer(storageRequest(request, true)));
  }

  private static StorageRequest storageRequest(Request request, boolean onGraphHost) {
    return new StorageRequest(
        request.method(),
        request.path(),
        request.query(),
        request::header,
        request.stream(),
        onGraphHost);
  }

  private static Answer answer(GraphAnswer answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
    Content file = answer.file();
    if (file != null) {
      headers.put("Content-Type", List.of("application/octet-stream"));
      return new Answer(answer.status(), headers, body(file));
    }
    JsonObject json = answer.body();
    if (json != null) {
      headers.put("Content-Type", List.of("application/json; charset=utf-8"));
    }
    return new Answer(answer.status(), headers, Body.of(text(json)));
  }

  private static String text(@Nullable JsonObject json) {
    return json == null ? "" : json.toString();
  }

  private static Body body(Content file) {
    return new Body() {
      @Override
      public long length() {
        return file.size();
      }

      @Override
      public InputStream open() throws IOException {
        return file.open(0);
      }
    };
  }

  @Override
  public void close() {
    storageHost.close();
    graph.close();
  }
}
