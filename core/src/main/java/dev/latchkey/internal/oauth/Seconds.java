package dev.latchkey.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads JSON members that hold a number of seconds. */
public final class Seconds {

  private Seconds() {}

  /**
   * Reads a number of seconds and drops a fraction.
   *
   * @return the time, at most {@code max}; may be negative; null if absent or not a number
   */
  static @Nullable Duration read(JsonObject json, String name, Duration max) {
    return seconds(Json.whole(json, name, RoundingMode.FLOOR), max);
  }

  /** As {@link #read}, but rounds a fraction up: for minimum waits. */
  public static @Nullable Duration atLeast(JsonObject json, String name, Duration max) {
    return seconds(Json.whole(json, name, RoundingMode.CEILING), max);
  }

  private static @Nullable Duration seconds(@Nullable Long seconds, Duration max) {
    return seconds == null ? null : Duration.ofSeconds(Math.min(seconds, max.toSeconds()));
  }
}
