package dev.latchkey.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, in order, as {@code application/x-www-form-urlencoded}. Not
 * thread-safe.
 */
public final class Form {

  private static final Set<String> SECRETS = Set.of("device_code", "refresh_token", "token");

  private static final String REDACTED = "[redacted]";

  /** A shorter one is no secret, and may well be part of an ordinary word. */
  private static final int SHORTEST_SECRET = 8;

  private final Map<String, String> parameters = new LinkedHashMap<>();

  /**
   * Adds a parameter; a null value adds nothing.
   *
   * @throws IllegalArgumentException if the name is there already: RFC 6749 §3.2, "request
   *     parameters MUST NOT be included more than once"
   */
  public Form add(String name, @Nullable String value) {
    if (value != null && parameters.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("Parameter " + name + " is there already");
    }
    return this;
  }

  /** The body to send. Holds secrets. */
  public String encode() {
    return parameters.entrySet().stream()
        .map(
            p ->
                URLEncoder.encode(p.getKey(), UTF_8) + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /**
   * Takes the secrets of this request out of what the server says about it. Some quote them back:
   * "Invalid refresh token: 8a1b…", Spring Security OAuth 2; or the request as it was encoded.
   */
  public String redact(String text) {
    String redacted = text;
    for (String name : SECRETS) {
      String secret = parameters.getOrDefault(name, "");
      if (secret.length() >= SHORTEST_SECRET) {
        redacted = without(URLEncoder.encode(secret, UTF_8), redacted.replace(secret, REDACTED));
      }
    }
    return redacted;
  }

  /** Whichever case its {@code %2b} has. */
  private static String without(String encoded, String text) {
    return Pattern.compile(encoded, Pattern.LITERAL | Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .replaceAll(REDACTED);
  }

  /** The names of the parameters; the values may be secret. */
  @Override
  public String toString() {
    return "Form" + parameters.keySet();
  }
}
