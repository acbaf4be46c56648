package dev.latchkey.graph.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * A path beneath the base URL, and a query, with every part of it encoded. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986 §3.3</a>
 */
public final class Route {

  /** What means nothing but itself in a path and in a query: no "&", "+", ":" or "=". */
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$'()*,@";

  private final String path;
  private final String query;

  private Route(String path, String query) {
    this.path = path;
    this.query = query;
  }

  /**
   * A path of these segments, whatever characters they hold.
   *
   * @throws IllegalArgumentException if a segment is empty, or would be taken for a step up
   */
  public static Route of(String... segments) {
    return new Route("", "").then(segments);
  }

  /** The same path with more segments. */
  public Route then(String... segments) {
    StringBuilder longer = new StringBuilder(path);
    for (String segment : segments) {
      longer.append('/').append(encode(checked(segment)));
    }
    return new Route(longer.toString(), query);
  }

  /**
   * A place beneath this drive item, in Graph's notation {@code :/path:}. Empty segments, such as
   * slashes at both ends make, are left out.
   */
  public Route beneath(String itemPath) {
    StringBuilder names = new StringBuilder();
    for (String name : itemPath.split("/", -1)) {
      if (!name.isEmpty()) {
        names.append('/').append(encode(checked(name)));
      }
    }
    return names.isEmpty() ? this : new Route(path + ":" + names + ":", query);
  }

  /** The same with a query parameter; without it if the value is null. */
  public Route query(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    String parameter = encode(name) + "=" + encode(value);
    return new Route(path, query.isEmpty() ? parameter : query + "&" + parameter);
  }

  /** As it is written behind the base URL. */
  String text() {
    // Graph takes the colon that closes a path at the very end for a part of the name.
    String whole = path.endsWith(":") ? path.substring(0, path.length() - 1) : path;
    return query.isEmpty() ? whole : whole + "?" + query;
  }

  private static String checked(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException("no id or name: \"" + segment + "\"");
    }
    return segment;
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(UTF_8)) {
      char c = (char) (octet & 0xff);
      if (PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format("%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return path;
  }
}
