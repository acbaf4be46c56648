package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import dev.latchkey.internal.text.Text;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The response to a device authorization request. The texts shown to people hold no control or
 * invisible characters.
 *
 * @param deviceCode sent by the polls; secret
 * @param shown the rest. {@code verificationUriComplete} is null also if the server sends one that
 *     must not be opened. {@code expiresIn} is above 0 and at most 24 hours; 15 minutes if the
 *     server sends none. {@code interval} is at least a second; 5 seconds if the server sends no
 *     valid one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.2">RFC 8628 §3.2</a>
 */
public record DeviceAuthorizationResponse(String deviceCode, DeviceAuthorization shown) {

  private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
  private static final Duration MAX_LIFETIME = Duration.ofHours(24);
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

  /** Replaces a longer interval that leaves no time for a poll, such as 1e99. */
  private static final Duration FALLBACK_INTERVAL = Duration.ofMinutes(5);

  private static final int MAX_CODE_LENGTH = 128;
  private static final int MAX_MESSAGE_LENGTH = 2000;

  /** Entra's have a few hundred characters, others carry a whole JWT. */
  private static final int MAX_DEVICE_CODE_LENGTH = 8_192;

  /** A QR code holds no more, and nobody types so many. */
  private static final int MAX_URI_LENGTH = 2_000;

  /**
   * Reads the response.
   *
   * @param endpoint the endpoint that sent it. One on loopback may name web pages of this machine
   * @throws InvalidResponse if it is not a success, or if a member is missing, of the wrong type,
   *     or not safe to show or open
   */
  public static DeviceAuthorizationResponse parse(Reply reply, URI endpoint) {
    JsonObject json = reply.requireSuccess("device authorization");
    try {
      Duration expiresIn = expiresIn(json);
      return new DeviceAuthorizationResponse(
          deviceCode(json),
          new DeviceAuthorization(
              userCode(json),
              verificationUri(json, endpoint),
              uri(Json.stringOrNull(json, "verification_uri_complete"), endpoint),
              message(json),
              expiresIn,
              interval(json, expiresIn)));
    } catch (MalformedJson e) {
      throw new InvalidResponse(
          "The device authorization cannot be used: " + e.getMessage(), null, null, e);
    }
  }

  /** Verbatim, because it goes back to the server; nobody sees it. */
  private static String deviceCode(JsonObject json) {
    String code = Json.requiredString(json, "device_code");
    if (code.length() > MAX_DEVICE_CODE_LENGTH) {
      throw new MalformedJson("\"device_code\" is too long");
    }
    return code;
  }

  private static String userCode(JsonObject json) {
    String code = Text.cleanCode(Json.requiredString(json, "user_code"));
    if (code.isEmpty() || code.length() > MAX_CODE_LENGTH) {
      throw new MalformedJson("\"user_code\" cannot be typed");
    }
    return code;
  }

  private static URI verificationUri(JsonObject json, URI endpoint) {
    String text = Json.string(json, "verification_uri");
    if (text == null) {
      // The name in early drafts of the RFC; Google still sends it.
      text = Json.string(json, "verification_url");
    }
    if (text == null || text.isEmpty()) {
      throw new MalformedJson("\"verification_uri\" is missing");
    }
    URI uri = uri(text, endpoint);
    if (uri == null) {
      throw new MalformedJson(
          "\"verification_uri\" is too long, or is not https, or http on loopback from a server on"
              + " loopback");
    }
    return uri;
  }

  private static @Nullable URI uri(@Nullable String text, URI endpoint) {
    return text == null || text.length() > MAX_URI_LENGTH
        ? null
        : SecureUri.readFrom(endpoint, text);
  }

  private static @Nullable String message(JsonObject json) {
    String message = Text.clean(Json.stringOrNull(json, "message"), MAX_MESSAGE_LENGTH);
    return message == null || message.isEmpty() ? null : message;
  }

  private static Duration expiresIn(JsonObject json) {
    Duration lifetime = Seconds.read(json, "expires_in", MAX_LIFETIME);
    if (lifetime == null) {
      return DEFAULT_LIFETIME;
    }
    if (lifetime.isZero() || lifetime.isNegative()) {
      throw new MalformedJson("\"expires_in\" is not positive");
    }
    return lifetime;
  }

  /** "If no value is provided, clients MUST use 5 as the default." */
  private static Duration interval(JsonObject json, Duration expiresIn) {
    Duration interval = Seconds.atLeast(json, "interval", expiresIn);
    if (interval == null || interval.isZero() || interval.isNegative()) {
      return DEFAULT_INTERVAL;
    }
    boolean absurd = interval.equals(expiresIn) && interval.compareTo(FALLBACK_INTERVAL) > 0;
    return absurd ? FALLBACK_INTERVAL : interval;
  }

  /** Leaves out both codes. */
  @Override
  public String toString() {
    return "DeviceAuthorizationResponse[verificationUri=" + shown.verificationUri() + "]";
  }
}
