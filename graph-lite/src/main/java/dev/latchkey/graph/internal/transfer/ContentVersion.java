package dev.latchkey.graph.internal.transfer;

import com.google.gson.JsonObject;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of the bytes that a storage host sends: only parts of the same version fit together.
 *
 * @param tag a strong ETag (RFC 9110 §8.8.3); null if there is none, and then no part fits another
 * @param total the number of bytes; -1 if the host does not say
 */
record ContentVersion(@Nullable String tag, long total) {

  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /** The version of a complete response. */
  static ContentVersion whole(HttpHeaders headers) {
    // Not firstValueAsLong, which throws, and quotes the value, if it is not a number.
    Optional<String> length = headers.firstValue("Content-Length");
    long total = length.filter(n -> n.matches("\\d{1,18}")).map(Long::valueOf).orElse(-1L);
    return new ContentVersion(tag(headers), total);
  }

  /**
   * The version of a response with the bytes from an offset to the end.
   *
   * @return null if the response is anything else
   */
  static @Nullable ContentVersion rest(HttpHeaders headers, long offset) {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse("").strip());
    if (!range.matches()) {
      return null;
    }
    long total = Long.parseLong(range.group(3));
    boolean rest =
        Long.parseLong(range.group(1)) == offset && Long.parseLong(range.group(2)) == total - 1;
    return rest ? new ContentVersion(tag(headers), total) : null;
  }

  private static @Nullable String tag(HttpHeaders headers) {
    String tag = headers.firstValue("ETag").orElse("").strip();
    return tag.startsWith("\"") ? tag : null;
  }

  boolean fits(@Nullable ContentVersion other) {
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

  static ContentVersion read(JsonObject json) {
    Long total = Json.whole(json, "size", RoundingMode.DOWN);
    return new ContentVersion(Json.string(json, "etag"), total == null ? -1 : total);
  }
}
