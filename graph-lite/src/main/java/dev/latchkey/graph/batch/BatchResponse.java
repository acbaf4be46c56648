package dev.latchkey.graph.batch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.graph.http.Members;
import dev.latchkey.wire.Json;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An element of {@code responses}.
 *
 * @param id of the request, in lower case: Graph minds no case
 * @param status the HTTP status; 0 if there is none
 * @param headers of this answer
 * @param json the body if it is an object; what is no JSON comes in Base64
 */
record BatchResponse(String id, int status, HttpHeaders headers, @Nullable JsonObject json) {

  static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  static BatchResponse read(JsonObject json) {
    Long status = Json.whole(json, "status", RoundingMode.UNNECESSARY);
    return new BatchResponse(
        Json.requiredString(json, "id").toLowerCase(Locale.ROOT),
        status == null || status < 100 || status > 599 ? 0 : status.intValue(),
        headers(Members.object(json, "headers")),
        Members.object(json, "body"));
  }

  private static HttpHeaders headers(@Nullable JsonObject json) {
    if (json == null) {
      return NO_HEADERS;
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonElement> member : json.entrySet()) {
      String name = member.getKey().strip();
      if (!name.isEmpty() && member.getValue() instanceof JsonPrimitive value) {
        headers.put(name, List.of(value.getAsString()));
      }
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }
}
