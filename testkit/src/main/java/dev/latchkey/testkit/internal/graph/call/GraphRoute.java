package dev.latchkey.testkit.internal.graph.call;

import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A method, a path and their handler.
 *
 * @param path a regular expression with named groups
 */
public record GraphRoute(String method, Pattern path, Function<RoutedCall, HttpAnswer> handler) {

  public static GraphRoute of(
      String method, String path, Function<RoutedCall, HttpAnswer> handler) {
    return new GraphRoute(method, Pattern.compile(path), handler);
  }
}
