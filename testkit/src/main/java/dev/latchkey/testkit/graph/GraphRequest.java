package dev.latchkey.testkit.graph;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request to Graph, of its own or out of a batch.
 *
 * @param path what follows {@code /v1.0}, decoded
 * @param headers finds a header by name, whatever its case
 * @param origin scheme, host and port as the client spelled them
 */
public record GraphRequest(
    String method,
    String path,
    Map<String, String> query,
    Function<String, @Nullable String> headers,
    Content body,
    String origin) {

  @Nullable String header(String name) {
    return headers.apply(name);
  }
}
