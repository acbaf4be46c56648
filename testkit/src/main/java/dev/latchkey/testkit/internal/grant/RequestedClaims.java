package dev.latchkey.testkit.internal.grant;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.http.JsonText;
import dev.latchkey.testkit.internal.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code claims} parameter (OpenID Connect Core §5.5), and whether it covers required claims.
 */
public final class RequestedClaims {

  private RequestedClaims() {}

  /** The claims of a request: one object, or none. */
  public static List<JsonObject> of(Request request) {
    return of(request.form("claims"));
  }

  /** The claims in a parameter: one object, or none. */
  public static List<JsonObject> of(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try {
      return List.of(JsonText.object(json));
    } catch (IllegalArgumentException malformed) {
      throw Refusal.of("invalid_request", 9002313);
    }
  }

  static boolean cover(List<JsonObject> asked, JsonObject required) {
    return asked.stream().anyMatch(one -> covers(one, required));
  }

  /**
   * Whether everything required was requested. More may be, since clients merge their capabilities
   * into a challenge.
   */
  private static boolean covers(@Nullable JsonElement asked, JsonElement required) {
    if (asked == null) {
      return false;
    }
    if (required.isJsonObject() && asked.isJsonObject()) {
      return required.getAsJsonObject().entrySet().stream()
          .allMatch(e -> covers(asked.getAsJsonObject().get(e.getKey()), e.getValue()));
    }
    if (required.isJsonArray() && asked.isJsonArray()) {
      return required.getAsJsonArray().asList().stream()
          .allMatch(
              wanted -> asked.getAsJsonArray().asList().stream().anyMatch(a -> covers(a, wanted)));
    }
    return asked.equals(required);
  }
}
