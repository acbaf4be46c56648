package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The response to a pushed authorization request.
 *
 * @param requestUri what stands for the request in the browser; verbatim, because it goes back to
 *     the server
 * @param expiresIn how long the server waits for the browser; null if it does not say so
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9126#section-2.2">RFC 9126 §2.2</a>
 */
public record PushedAuthorizationResponse(String requestUri, @Nullable Duration expiresIn) {

  /** Some servers put the whole request into it, encrypted; browsers take no more. */
  private static final int MAX_LENGTH = 4_096;

  private static final Duration MAX_LIFETIME = Duration.ofHours(24);

  /**
   * Reads the response.
   *
   * @throws InvalidResponse if it is not a success, if the request URI is missing, of the wrong
   *     type or too long, or if the request has expired already
   */
  public static PushedAuthorizationResponse parse(Reply reply) {
    JsonObject json = reply.requireSuccess("pushed authorization");
    try {
      String requestUri = Json.requiredString(json, "request_uri");
      if (requestUri.length() > MAX_LENGTH) {
        throw new MalformedJson("\"request_uri\" is too long");
      }
      Duration expiresIn = Seconds.read(json, "expires_in", MAX_LIFETIME);
      if (expiresIn != null && (expiresIn.isZero() || expiresIn.isNegative())) {
        throw new MalformedJson("\"expires_in\" is not positive");
      }
      return new PushedAuthorizationResponse(requestUri, expiresIn);
    } catch (MalformedJson e) {
      throw new InvalidResponse(
          "The pushed authorization cannot be used: " + e.getMessage(), null, null, e);
    }
  }

  /** Leaves out the request URI, which is for one person's browser. */
  @Override
  public String toString() {
    return "PushedAuthorizationResponse[expiresIn=" + expiresIn + "]";
  }
}
