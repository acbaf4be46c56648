package dev.latchkey.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.internal.text.Redaction;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, in order, as {@code application/x-www-form-urlencoded}. Not
 * thread-safe.
 */
public final class Form {

  private static final Set<String> SECRETS =
      Set.of("device_code", "refresh_token", "token", "code", "code_verifier");

  /** A shorter value is not a secret, and may be part of an ordinary word. */
  private static final int MIN_SECRET_LENGTH = 8;

  private final Map<String, String> parameters = new LinkedHashMap<>();

  /**
   * Adds a parameter; a null value adds nothing.
   *
   * @throws IllegalArgumentException if the name was added before: RFC 6749 §3.2, "request
   *     parameters MUST NOT be included more than once"
   */
  public Form add(String name, @Nullable String value) {
    if (value != null && parameters.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("Parameter " + name + " was added before");
    }
    return this;
  }

  /** The body to send; holds secrets. */
  public String encode() {
    StringJoiner form = new StringJoiner("&");
    for (Map.Entry<String, String> one : parameters.entrySet()) {
      form.add(
          URLEncoder.encode(one.getKey(), UTF_8) + "=" + URLEncoder.encode(one.getValue(), UTF_8));
    }
    return form.toString();
  }

  /**
   * Removes the secrets of this request from a text of the server. Some servers quote them, such as
   * Spring Security OAuth 2 ("Invalid refresh token: 8a1b…"), or quote the request as encoded, in
   * whatever case they write {@code %2b}.
   */
  public String redact(String text) {
    String redacted = text;
    for (String name : SECRETS) {
      String secret = parameters.getOrDefault(name, "");
      // Encoded, it is no shorter.
      if (secret.length() >= MIN_SECRET_LENGTH && secret.length() <= redacted.length()) {
        String encoded = URLEncoder.encode(secret, UTF_8);
        redacted = new Redaction(secret).in(redacted);
        redacted = encoded.equals(secret) ? redacted : new Redaction(encoded).in(redacted);
      }
    }
    return redacted;
  }

  /** Leaves out the values, which may be secret. */
  @Override
  public String toString() {
    return "Form" + parameters.keySet();
  }
}
