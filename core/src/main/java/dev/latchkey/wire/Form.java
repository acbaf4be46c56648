package dev.latchkey.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, in order, as {@code application/x-www-form-urlencoded}. Not
 * thread-safe.
 */
public final class Form {

  private static final Set<String> SECRETS = Set.of("device_code", "refresh_token", "token");

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
  String encode() {
    return parameters.entrySet().stream()
        .map(
            p ->
                URLEncoder.encode(p.getKey(), UTF_8) + "=" + URLEncoder.encode(p.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /**
   * Takes the secrets of this request out of what the server says about it. Some quote them back:
   * "Invalid refresh token: 8a1b…", Spring Security OAuth 2.
   */
  String redact(String text) {
    String redacted = text;
    for (String name : SECRETS) {
      String secret = parameters.getOrDefault(name, "");
      redacted =
          secret.length() < SHORTEST_SECRET ? redacted : redacted.replace(secret, "[redacted]");
    }
    return redacted;
  }

  /** The names of the parameters; the values may be secret. */
  @Override
  public String toString() {
    return "Form" + parameters.keySet();
  }
}
