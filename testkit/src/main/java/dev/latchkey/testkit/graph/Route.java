package dev.latchkey.testkit.graph;

import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A method and a path, and who answers there.
 *
 * @param path a regular expression with named groups
 */
record Route(String method, Pattern path, Function<Call, GraphAnswer> handler) {

  static Route of(String method, String path, Function<Call, GraphAnswer> handler) {
    return new Route(method, Pattern.compile(path), handler);
  }
}
