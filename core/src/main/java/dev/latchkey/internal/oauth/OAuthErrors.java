package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.OAuthError;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.text.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the error that an authorization server sent. */
public final class OAuthErrors {

  private static final int MAX_CODE_LENGTH = 200;
  private static final int MAX_TEXT_LENGTH = 2000;
  private static final int MAX_CLAIMS_LENGTH = 8192;
  private static final int MAX_NUMBERS = 16;
  private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{4,9})");

  private OAuthErrors() {}

  /**
   * Reads the error in a body, whatever the status: Entra has sent errors with 200.
   *
   * @return the error without control characters; null if there is no string {@code error}
   */
  public static @Nullable OAuthError read(int status, JsonObject json) {
    return read(status, json, UnaryOperator.identity());
  }

  /**
   * Reads the error in a body, whatever the status.
   *
   * @param redact removes the secrets of the request from a text
   */
  static @Nullable OAuthError read(int status, JsonObject sent, UnaryOperator<String> redact) {
    if (Json.stringOrNull(sent, "error") == null) {
      return null;
    }
    JsonObject json = redacted(sent, redact);
    String error = Text.cleanWithoutSecrets(Json.stringOrNull(json, "error"), MAX_CODE_LENGTH);
    if (error == null || error.isEmpty()) {
      return null;
    }
    String description = text(json, "error_description");
    return new OAuthError(
        status,
        error,
        description,
        text(json, "suberror"),
        aadsts(Json.ints(json, "error_codes"), description),
        claims(json),
        text(json, "correlation_id"),
        text(json, "trace_id"),
        text(json, "timestamp"),
        text(json, "error_uri"));
  }

  private static JsonObject redacted(JsonObject sent, UnaryOperator<String> redact) {
    JsonObject json = sent.deepCopy();
    for (String name : sent.keySet()) {
      String text = Json.stringOrNull(sent, name);
      if (text != null) {
        json.addProperty(name, redact.apply(text));
      }
    }
    return json;
  }

  private static @Nullable String text(JsonObject json, String name) {
    String text = Text.cleanWithoutSecrets(Json.stringOrNull(json, name), MAX_TEXT_LENGTH);
    return text == null || text.isEmpty() ? null : text;
  }

  private static List<Integer> aadsts(List<Integer> codes, @Nullable String description) {
    Set<Integer> numbers = new LinkedHashSet<>(codes);
    if (numbers.isEmpty() && description != null) {
      AADSTS.matcher(description).results().forEach(m -> numbers.add(Integer.valueOf(m.group(1))));
    }
    return numbers.stream().limit(MAX_NUMBERS).toList();
  }

  /** The claims to send back; null unless they are a JSON object, as only objects can be merged. */
  private static @Nullable String claims(JsonObject json) {
    String claims = Text.clean(Json.stringOrNull(json, "claims"), MAX_CLAIMS_LENGTH);
    if (claims == null) {
      return null;
    }
    try {
      Json.object(claims);
      return claims;
    } catch (MalformedJson e) {
      return null;
    }
  }
}
