package dev.latchkey.testkit.internal.graph.call;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.time.Instant;
import java.util.List;

/** Writes a {@link GraphFailure} as Graph does, or as its storage does. */
public final class ErrorAnswers {

  private ErrorAnswers() {}

  /** With {@code innerError}, which contains the ids and, for each deeper code, another one. */
  public static HttpAnswer ofGraph(
      GraphFailure failure, Instant now, String requestId, String clientRequestId) {
    JsonObject inner = innerOf(failure.innerCodes(), "innerError");
    inner.addProperty("date", JsonMembers.time(now).replace("Z", ""));
    inner.addProperty("request-id", requestId);
    inner.addProperty("client-request-id", clientRequestId);
    return answer(failure, "innerError", inner);
  }

  /** With {@code innererror}, which contains only codes. */
  public static HttpAnswer ofStorage(GraphFailure failure) {
    return answer(failure, "innererror", innerOf(failure.innerCodes(), "innererror"));
  }

  private static HttpAnswer answer(GraphFailure failure, String member, JsonObject inner) {
    JsonObject error = new JsonObject();
    error.addProperty("code", failure.code());
    error.addProperty("message", failure.message());
    if (inner.size() > 0) {
      error.add(member, inner);
    }
    JsonObject body = new JsonObject();
    body.add("error", error);
    HttpAnswer answer = HttpAnswer.json(failure.status(), body);
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
