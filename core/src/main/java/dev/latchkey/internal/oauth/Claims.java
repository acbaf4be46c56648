package dev.latchkey.internal.oauth;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code claims} request parameter: a challenge's JSON merged with the client's capabilities.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter">OpenID
 *     Connect Core §5.5</a>
 */
public final class Claims {

  private Claims() {}

  public static JsonObject parse(String json) {
    try {
      return Json.object(json);
    } catch (MalformedJson e) {
      throw new IllegalArgumentException("claims must be a JSON object", e);
    }
  }

  /** The parameter's value, or null if there is nothing to say. */
  public static @Nullable String parameter(@Nullable String challenge, Set<String> capabilities) {
    if (challenge == null && capabilities.isEmpty()) {
      return null;
    }
    JsonObject merged = challenge == null ? new JsonObject() : parse(challenge);
    if (!capabilities.isEmpty()) {
      merge(merged, capabilityClaims(capabilities));
    }
    return merged.toString();
  }

  /** {@code {"access_token":{"xms_cc":{"values":["cp1"]}}}}, as Entra documents it. */
  private static JsonObject capabilityClaims(Set<String> capabilities) {
    JsonArray values = new JsonArray();
    capabilities.stream().sorted().forEach(values::add);
    JsonObject capability = new JsonObject();
    capability.add("values", values);
    JsonObject accessToken = new JsonObject();
    accessToken.add("xms_cc", capability);
    JsonObject claims = new JsonObject();
    claims.add("access_token", accessToken);
    return claims;
  }

  private static void merge(JsonObject into, JsonObject from) {
    for (Map.Entry<String, JsonElement> member : from.entrySet()) {
      JsonElement there = into.get(member.getKey());
      if (there != null && there.isJsonObject() && member.getValue().isJsonObject()) {
        merge(there.getAsJsonObject(), member.getValue().getAsJsonObject());
      } else {
        into.add(member.getKey(), member.getValue());
      }
    }
  }
}
