package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes a storage host sends: parts of one version fit together, others do not. */
final class Version {

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  private final @Nullable String tag;
  private final long total;

  /**
   * Creates one.
   *
   * @param tag a strong ETag (RFC 9110 §8.8.3); null if there is none, and nothing fits together
   * @param total how many bytes there are; -1 if the host does not say
   */
  Version(@Nullable String tag, long total) {
    this.tag = tag;
    this.total = total;
  }

  /** Of an answer with all of it. */
  static Version whole(HttpHeaders headers) {
    return new Version(tag(headers), headers.firstValueAsLong("Content-Length").orElse(-1));
  }

  /**
   * Of an answer with the bytes from an offset to the end.
   *
   * @return null if that is not what it says
   */
  static @Nullable Version rest(HttpHeaders headers, long offset) {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse("").strip());
    if (!range.matches()) {
      return null;
    }
    long total = Long.parseLong(range.group(3));
    boolean rest =
        Long.parseLong(range.group(1)) == offset && Long.parseLong(range.group(2)) == total - 1;
    return rest ? new Version(tag(headers), total) : null;
  }

  private static @Nullable String tag(HttpHeaders headers) {
    String tag = headers.firstValue("ETag").orElse("").strip();
    return tag.startsWith("\"") ? tag : null;
  }

  @Nullable String tag() {
    return tag;
  }

  long total() {
    return total;
  }

  boolean fits(@Nullable Version other) {
    if (tag == null || other == null || !tag.equals(other.tag)) {
      return false;
    }
    return total == other.total || total < 0 || other.total < 0;
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("etag", tag);
    json.addProperty("size", total);
    return json;
  }

  static Version read(JsonObject json) {
    Long total = Json.whole(json, "size", RoundingMode.DOWN);
    return new Version(Json.string(json, "etag"), total == null ? -1 : total);
  }
}
