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

  private final JsonObject json;
  private final UnaryOperator<String> redact;

  private OAuthErrors(JsonObject json, UnaryOperator<String> redact) {
    this.json = json;
    this.redact = redact;
  }

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
  public static @Nullable OAuthError read(
      int status, JsonObject json, UnaryOperator<String> redact) {
    OAuthErrors sent = new OAuthErrors(json, redact);
    String error = sent.text("error", MAX_CODE_LENGTH);
    if (error == null) {
      return null;
    }
    String description = sent.text("error_description", MAX_TEXT_LENGTH);
    return new OAuthError(
        status,
        error,
        description,
        sent.text("suberror", MAX_TEXT_LENGTH),
        aadsts(Json.ints(json, "error_codes"), description),
        sent.claims(),
        sent.text("correlation_id", MAX_TEXT_LENGTH),
        sent.text("trace_id", MAX_TEXT_LENGTH),
        sent.text("timestamp", MAX_TEXT_LENGTH),
        sent.text("error_uri", MAX_TEXT_LENGTH));
  }

  /** Without the secrets first: cleaning could join what it then would not find. */
  private @Nullable String text(String name, int maxLength) {
    String sent = redacted(name);
    String text = Text.cleanWithoutSecrets(sent, maxLength);
    return text == null || text.isEmpty() ? null : text;
  }

  private @Nullable String redacted(String name) {
    String sent = Json.stringOrNull(json, name);
    return sent == null ? null : redact.apply(sent);
  }

  private static List<Integer> aadsts(List<Integer> codes, @Nullable String description) {
    Set<Integer> numbers = new LinkedHashSet<>(codes);
    if (numbers.isEmpty() && description != null) {
      AADSTS.matcher(description).results().forEach(m -> numbers.add(Integer.valueOf(m.group(1))));
    }
    return numbers.size() <= MAX_NUMBERS
        ? List.copyOf(numbers)
        : numbers.stream().limit(MAX_NUMBERS).toList();
  }

  /**
   * The claims to send back; null unless they are a JSON object, as only objects can be merged.
   * They are not cleaned, because the server gets them back, but escaped: the same JSON, safe to
   * show.
   */
  private @Nullable String claims() {
    String claims = redacted("claims");
    if (claims == null || claims.length() > MAX_CLAIMS_LENGTH) {
      return null;
    }
    try {
      Json.object(claims);
      return Text.escapeJson(claims);
    } catch (MalformedJson e) {
      return null;
    }
  }
}
