package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;

/** Writes a {@link GraphFailure} as Graph and as the storage behind it do. */
final class Errors {

  private Errors() {}

  /** {@code innerError} with the ids in it, and deeper ones in that if there are deeper codes. */
  static GraphAnswer ofGraph(
      GraphFailure failure, Instant now, String requestId, String clientRequestId) {
    JsonObject inner = innerOf(failure.innerCodes(), "innerError");
    inner.addProperty("date", Json.time(now).replace("Z", ""));
    inner.addProperty("request-id", requestId);
    inner.addProperty("client-request-id", clientRequestId);
    return answer(failure, "innerError", inner);
  }

  /** {@code innererror}, and nothing but codes in it. */
  static GraphAnswer ofStorage(GraphFailure failure) {
    return answer(failure, "innererror", innerOf(failure.innerCodes(), "innererror"));
  }

  private static GraphAnswer answer(GraphFailure failure, String member, JsonObject inner) {
    JsonObject error = new JsonObject();
    error.addProperty("code", failure.code());
    error.addProperty("message", failure.message());
    if (inner.size() > 0) {
      error.add(member, inner);
    }
    JsonObject body = new JsonObject();
    body.add("error", error);
    GraphAnswer answer = GraphAnswer.json(failure.status(), body);
    for (GraphFailure.Header header : failure.headers()) {
      answer = answer.with(header.name(), header.values().toArray(String[]::new));
    }
    return answer;
  }

  private static JsonObject innerOf(List<String> codes, String member) {
    JsonObject inner = new JsonObject();
    if (!codes.isEmpty()) {
      inner.addProperty("code", codes.get(0));
      if (codes.size() > 1) {
        inner.add(member, innerOf(codes.subList(1, codes.size()), member));
      }
    }
    return inner;
  }
}
