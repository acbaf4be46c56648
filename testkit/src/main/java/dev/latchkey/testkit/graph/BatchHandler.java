package dev.latchkey.testkit.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Many requests in one. Answers come in another order than the requests, as they may. */
final class BatchHandler {

  static final String PATH = "/$batch";
  private static final int MOST = 20;

  private final Inner inner;

  /** Answers one of the requests, errors included. */
  @FunctionalInterface
  interface Inner {
    GraphAnswer answer(GraphRequest request, Caller caller);
  }

  BatchHandler(Inner inner) {
    this.inner = inner;
  }

  List<Route> routes() {
    return List.of(Route.of("POST", Pattern.quote(PATH), this::batch));
  }

  private GraphAnswer batch(Call call) {
    List<JsonElement> requests = Json.array(call.json(), "requests").asList();
    if (requests.isEmpty() || requests.size() > MOST) {
      throw GraphFailure.badRequest("The number of batch requests must be from 1 to 20.");
    }
    Map<String, GraphAnswer> answers = new LinkedHashMap<>();
    for (JsonElement element : requests) {
      if (!element.isJsonObject()) {
        throw GraphFailure.badRequest("A batch request must be an object.");
      }
      JsonObject each = element.getAsJsonObject();
      String id = Json.string(each, "id");
      if (id == null || answers.containsKey(id)) {
        throw GraphFailure.badRequest("Each request of a batch needs an id of its own.");
      }
      answers.put(id, dependenciesFailed(each, answers) ? failedDependency() : one(call, each));
    }
    return GraphAnswer.json(200, json(answers));
  }

  private static boolean dependenciesFailed(JsonObject request, Map<String, GraphAnswer> answers) {
    for (JsonElement id : Json.array(request, "dependsOn")) {
      GraphAnswer before = answers.get(id.getAsString());
      if (before == null) {
        throw GraphFailure.badRequest("dependsOn must name requests before it.");
      }
      if (before.status() >= 400) {
        return true;
      }
    }
    return false;
  }

  private static GraphAnswer failedDependency() {
    return Errors.ofStorage(
        GraphFailure.of(424, "FailedDependency", "A request that this one depends on failed."));
  }

  private GraphAnswer one(Call call, JsonObject request) {
    String method = Json.string(request, "method");
    String url = Json.string(request, "url");
    if (method == null || url == null) {
      throw GraphFailure.badRequest("Each request of a batch needs a method and a url.");
    }
    URI uri;
    try {
      uri = URI.create(url.startsWith("/") ? url : "/" + url);
    } catch (IllegalArgumentException malformed) {
      throw GraphFailure.badRequest("The url of a request of the batch is malformed.");
    }
    Map<String, String> headers = headers(request);
    return inner.answer(
        new GraphRequest(
            method.toUpperCase(Locale.ROOT),
            uri.getPath(),
            query(uri.getRawQuery()),
            name -> headers.get(name.toLowerCase(Locale.ROOT)),
            body(request.get("body")),
            call.request().origin()),
        call.caller());
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(JsonObject request) {
    Map<String, String> headers = new HashMap<>();
    JsonObject sent = Json.object(request, "headers");
    if (sent != null) {
      sent.entrySet()
          .forEach(
              each ->
                  headers.put(
                      each.getKey().toLowerCase(Locale.ROOT), each.getValue().getAsString()));
    }
    return headers;
  }

  /** JSON as it is, anything else in base64. */
  private static Content body(@Nullable JsonElement body) {
    if (body == null || body.isJsonNull()) {
      return new BytesContent(new byte[0]);
    }
    if (body.isJsonObject()) {
      return new BytesContent(body.toString().getBytes(StandardCharsets.UTF_8));
    }
    try {
      return new BytesContent(Base64.getDecoder().decode(body.getAsString()));
    } catch (IllegalArgumentException malformed) {
      throw GraphFailure.badRequest("The body of a request of a batch is JSON or base64.");
    }
  }

  private static JsonObject json(Map<String, GraphAnswer> answers) {
    List<String> ids = new ArrayList<>(answers.keySet());
    Collections.reverse(ids);
    JsonArray responses = new JsonArray();
    for (String id : ids) {
      GraphAnswer answer = answers.get(id);
      if (answer != null) {
        JsonObject response = new JsonObject();
        response.addProperty("id", id);
        response.addProperty("status", answer.status());
        JsonObject headers = new JsonObject();
        answer.headers().forEach((name, values) -> headers.addProperty(name, values.get(0)));
        response.add("headers", headers);
        if (answer.body() != null) {
          headers.addProperty("Content-Type", "application/json");
          response.add("body", answer.body());
        }
        responses.add(response);
      }
    }
    JsonObject body = new JsonObject();
    body.add("responses", responses);
    return body;
  }
}
