package dev.latchkey.internal.oauth;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.text.Text;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a challenge, parsed once. Equal when their texts are, whatever the white space was
 * that they came with. Immutable.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter">OpenID
 *     Connect Core §5.5</a>
 */
public final class Claims {

  private final JsonObject json;
  private final String text;

  private Claims(JsonObject json) {
    this.json = json;
    this.text = Text.escapeJson(json.toString());
  }

  /**
   * Parses the text of a JSON object.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Claims parse(String json) {
    try {
      return new Claims(Json.object(json));
    } catch (MalformedJson e) {
      throw new IllegalArgumentException("claims must be a JSON object", e);
    }
  }

  /** The JSON without white space; null for null. */
  public static @Nullable String textOf(@Nullable Claims claims) {
    return claims == null ? null : claims.text;
  }

  /**
   * The value of the {@code claims} parameter: those of a challenge, merged with the capabilities
   * of the client.
   *
   * @return the JSON; null if the parameter is to be left out
   */
  public static @Nullable String parameter(@Nullable Claims challenge, Set<String> capabilities) {
    if (capabilities.isEmpty()) {
      return textOf(challenge);
    }
    JsonObject merged = challenge == null ? new JsonObject() : challenge.json.deepCopy();
    merge(merged, capabilityClaims(capabilities));
    return Text.escapeJson(merged.toString());
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Claims claims && claims.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Leaves out the claims, which may name policies and carry nonces. */
  @Override
  public String toString() {
    return "Claims[" + text.length() + " characters]";
  }
}
