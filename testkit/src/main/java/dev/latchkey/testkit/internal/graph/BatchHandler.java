package dev.latchkey.testkit.internal.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.Headers;
import dev.latchkey.testkit.internal.graph.call.Caller;
import dev.latchkey.testkit.internal.graph.call.ErrorAnswers;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.JsonText;
import dev.latchkey.testkit.internal.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Several requests in one. The answers come in reverse order, since Graph promises none. */
final class BatchHandler {

  static final String PATH = "/$batch";
  private static final int MAX_REQUESTS = 20;

  private final PartHandler parts;

  /** Answers one request of the batch; errors are answers, too. */
  @FunctionalInterface
  interface PartHandler {
    HttpAnswer answer(Request request, Caller caller);
  }

  BatchHandler(PartHandler parts) {
    this.parts = parts;
  }

  List<GraphRoute> routes() {
    return List.of(GraphRoute.of("POST", Pattern.quote(PATH), this::batch));
  }

  private HttpAnswer batch(RoutedCall call) {
    List<JsonElement> requests = JsonMembers.array(call.json(), "requests").asList();
    if (requests.isEmpty() || requests.size() > MAX_REQUESTS) {
      throw GraphFailure.badRequest("The number of batch requests must be from 1 to 20.");
    }
    Map<String, HttpAnswer> answers = new LinkedHashMap<>();
    for (JsonElement element : requests) {
      if (!element.isJsonObject()) {
        throw GraphFailure.badRequest("A batch request must be an object.");
      }
      JsonObject each = element.getAsJsonObject();
      String id = JsonMembers.string(each, "id");
      if (id == null || answers.containsKey(id)) {
        throw GraphFailure.badRequest("Each request of a batch needs an id of its own.");
      }
      answers.put(id, dependenciesFailed(each, answers) ? failedDependency() : one(call, each));
    }
    return HttpAnswer.json(200, json(answers));
  }

  private static boolean dependenciesFailed(JsonObject request, Map<String, HttpAnswer> answers) {
    for (JsonElement id : JsonMembers.array(request, "dependsOn")) {
      HttpAnswer before = answers.get(id.getAsString());
      if (before == null) {
        throw GraphFailure.badRequest("dependsOn must name requests before it.");
      }
      if (before.status() >= 400) {
        return true;
      }
    }
    return false;
  }

  private static HttpAnswer failedDependency() {
    return ErrorAnswers.ofStorage(
        GraphFailure.of(424, "FailedDependency", "A request that this one depends on failed."));
  }

  private HttpAnswer one(RoutedCall call, JsonObject request) {
    String method = JsonMembers.string(request, "method");
    String url = JsonMembers.string(request, "url");
    if (method == null || url == null) {
      throw GraphFailure.badRequest("Each request of a batch needs a method and a url.");
    }
    URI uri = uri(url);
    return parts.answer(
        new Request(
            method.toUpperCase(Locale.ROOT),
            uri,
            headers(request),
            body(request.get("body")),
            call.request().baseUrl(),
            uri.getPath()),
        call.caller());
  }

  private static URI uri(String url) {
    try {
      return URI.create(url.startsWith("/") ? url : "/" + url);
    } catch (IllegalArgumentException malformed) {
      throw GraphFailure.badRequest("The url of a request of the batch is malformed.");
    }
  }

  private static Headers headers(JsonObject request) {
    Headers headers = new Headers();
    JsonObject sent = JsonMembers.object(request, "headers");
    if (sent != null) {
      sent.entrySet().forEach(each -> headers.set(each.getKey(), each.getValue().getAsString()));
    }
    return headers;
  }

  /** JSON is inline, any other body is in base64. */
  private static byte[] body(@Nullable JsonElement body) {
    if (body == null || body.isJsonNull()) {
      return new byte[0];
    }
    if (body.isJsonObject()) {
      return body.toString().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body.getAsString());
    } catch (IllegalArgumentException malformed) {
      throw GraphFailure.badRequest("The body of a request of a batch is JSON or base64.");
    }
  }

  private static JsonObject json(Map<String, HttpAnswer> answers) {
    List<String> ids = new ArrayList<>(answers.keySet());
    Collections.reverse(ids);
    JsonArray responses = new JsonArray();
    for (String id : ids) {
      HttpAnswer answer = answers.get(id);
      if (answer != null) {
        JsonObject response = new JsonObject();
        response.addProperty("id", id);
        response.addProperty("status", answer.status());
        JsonObject headers = new JsonObject();
        answer.headers().forEach((name, values) -> headers.addProperty(name, values.get(0)));
        response.add("headers", headers);
        if (answer.body().size() > 0) {
          headers.addProperty("Content-Type", "application/json");
          response.add("body", JsonText.object(answer.text()));
        }
        responses.add(response);
      }
    }
    JsonObject body = new JsonObject();
    body.add("responses", responses);
    return body;
  }
}
