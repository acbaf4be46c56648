package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.error.InvalidResponse;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions for answers that the protocol does not allow. */
final class Invalid {

  private Invalid() {}

  static InvalidResponse because(String message) {
    return because(message, null);
  }

  static InvalidResponse because(String message, @Nullable Throwable cause) {
    return new InvalidResponse(message, null, null, cause);
  }

  /** The body of a reply that should be a success. */
  static JsonObject body(Reply reply, String what) {
    JsonObject json = reply.json();
    if (json == null || !reply.ok()) {
      throw new InvalidResponse(
          "No " + what + ": the server answered " + reply.describe(), reply.error(), null, null);
    }
    return json;
  }
}
