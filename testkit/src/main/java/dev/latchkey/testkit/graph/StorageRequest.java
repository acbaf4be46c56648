package dev.latchkey.testkit.graph;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request to a pre-authenticated URL.
 *
 * @param onGraphHost whether it came to Graph's own host, where a token does no harm
 */
public record StorageRequest(
    String method,
    String path,
    Map<String, String> query,
    Function<String, @Nullable String> headers,
    InputStream body,
    boolean onGraphHost) {

  @Nullable String header(String name) {
    return headers.apply(name);
  }

  String query(String name) {
    return query.getOrDefault(name, "");
  }
}
