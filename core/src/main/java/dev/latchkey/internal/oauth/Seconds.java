package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads members that are a number of seconds. */
final class Seconds {

  private Seconds() {}

  /**
   * A number of seconds, a fraction cut off.
   *
   * @return the time, at most {@code longest}; may be negative; null if absent or no number
   */
  static @Nullable Duration read(JsonObject json, String name, Duration longest) {
    return seconds(Json.whole(json, name, RoundingMode.FLOOR), longest);
  }

  /** As {@link #read}, a fraction rounded up: for times that must pass before something is done. */
  static @Nullable Duration atLeast(JsonObject json, String name, Duration longest) {
    return seconds(Json.whole(json, name, RoundingMode.CEILING), longest);
  }

  private static @Nullable Duration seconds(@Nullable Long seconds, Duration longest) {
    return seconds == null ? null : Duration.ofSeconds(Math.min(seconds, longest.toSeconds()));
  }
}
