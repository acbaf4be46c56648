package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A successful response of the token endpoint.
 *
 * @param accessToken visible ASCII, safe in a header
 * @param tokenType always {@code Bearer}, in whatever case the server writes it
 * @param expiresIn the lifetime of the access token, counted from the request: 0 to 366 days; null
 *     if the server sends none
 * @param refreshIn when the server wants the token refreshed, counted from the request; null if it
 *     sends no time within the lifetime
 * @param scope the granted scopes, separated by spaces, safe to show; null if the server sends
 *     none, which means the requested ones
 * @param refreshToken null if none came: then the old one, if any, stays valid
 * @param idToken the ID token as it came; null if none came
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749 §5.1</a>
 */
public record TokenResponse(
    String accessToken,
    String tokenType,
    @Nullable Duration expiresIn,
    @Nullable Duration refreshIn,
    @Nullable String scope,
    @Nullable String refreshToken,
    @Nullable String idToken) {

  private static final Duration MAX_LIFETIME = Duration.ofDays(366);

  /** RFC 6749 §A.12 without the space. CR and LF would inject headers. */
  private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7E]+");

  /** U+FFFD stands for what could not be read; such a token is another one than the server's. */
  private static final Pattern UNREADABLE = Pattern.compile("[\\p{Cc}\uFFFD]");

  /**
   * Reads the response.
   *
   * @throws InvalidResponse if it is not a success, if a member is missing or of the wrong type, if
   *     the type of the token is not Bearer, or if a token holds characters that are not allowed
   */
  public static TokenResponse parse(Reply reply) {
    JsonObject json = reply.requireSuccess("token");
    try {
      Duration expiresIn = expiresIn(json);
      return new TokenResponse(
          accessToken(json),
          tokenType(json),
          expiresIn,
          refreshIn(json, expiresIn),
          scope(json),
          refreshToken(json),
          Json.stringOrNull(json, "id_token"));
    } catch (MalformedJson e) {
      throw new InvalidResponse(
          "The token answer cannot be used: " + e.getMessage(), null, null, e);
    }
  }

  /** The new refresh token of a response whose other parts may be invalid; null if none came. */
  public static @Nullable String refreshToken(Reply reply) {
    JsonObject json = reply.json();
    try {
      return json == null ? null : refreshToken(json);
    } catch (MalformedJson e) {
      return null;
    }
  }

  /** The ID token of a response whose other parts may be invalid; null if none came. */
  public static @Nullable String idToken(Reply reply) {
    JsonObject json = reply.json();
    return json == null ? null : Json.stringOrNull(json, "id_token");
  }

  private static String accessToken(JsonObject json) {
    String token = Json.requiredString(json, "access_token");
    if (!HEADER_SAFE.matcher(token).matches()) {
      throw new MalformedJson("\"access_token\" holds characters that are not allowed");
    }
    return token;
  }

  /**
   * "token_type: REQUIRED. … Value is case insensitive." Rejected if missing: "The client MUST NOT
   * use an access token if it does not understand the token type" (§7.1).
   */
  private static String tokenType(JsonObject json) {
    if (!Json.requiredString(json, "token_type").equalsIgnoreCase("Bearer")) {
      throw new MalformedJson("\"token_type\" is not Bearer");
    }
    return "Bearer";
  }

  private static @Nullable Duration expiresIn(JsonObject json) {
    Duration lifetime = Seconds.read(json, "expires_in", MAX_LIFETIME);
    return lifetime != null && lifetime.isNegative() ? Duration.ZERO : lifetime;
  }

  private static @Nullable Duration refreshIn(JsonObject json, @Nullable Duration expiresIn) {
    Duration wish = Seconds.read(json, "refresh_in", MAX_LIFETIME);
    boolean valid = wish != null && !wish.isNegative() && !wish.isZero();
    boolean late = wish != null && expiresIn != null && wish.compareTo(expiresIn) > 0;
    return valid && !late ? wish : null;
  }

  /** Twitch sends an array where RFC 6749 §3.3 has a string. */
  private static @Nullable String scope(JsonObject json) {
    String scope = Scopes.clean(Json.strings(json, "scope"));
    return scope.isEmpty() ? null : scope;
  }

  private static @Nullable String refreshToken(JsonObject json) {
    String token = Json.string(json, "refresh_token");
    if (token == null || token.isEmpty()) {
      return null;
    }
    if (UNREADABLE.matcher(token).find()) {
      throw new MalformedJson("\"refresh_token\" holds characters that are not allowed");
    }
    return token;
  }

  /** Leaves out the tokens. */
  @Override
  public String toString() {
    return "TokenResponse[expiresIn="
        + expiresIn
        + ", refreshIn="
        + refreshIn
        + ", scope="
        + scope
        + ", refreshToken="
        + (refreshToken == null ? "none" : "redacted")
        + "]";
  }
}
