package dev.latchkey.graph.internal.http;

import dev.latchkey.internal.text.PercentEncoding;
import org.jspecify.annotations.Nullable;

/**
 * A path beneath the base URL with its query, every part encoded. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986 §3.3</a>
 */
public final class GraphPath {

  /** What else stands for itself in a path and in a query: not "&", "+", ":" or "=". */
  private static final String PLAIN = "!$'()*,@";

  private final String path;
  private final String query;

  private GraphPath(String path, String query) {
    this.path = path;
    this.query = query;
  }

  /**
   * A path of these segments, which may hold any characters.
   *
   * @throws IllegalArgumentException if a segment is empty, {@code .} or {@code ..}
   */
  public static GraphPath of(String... segments) {
    return new GraphPath("", "").then(segments);
  }

  /** Appends segments. */
  public GraphPath then(String... segments) {
    StringBuilder longer = new StringBuilder(path);
    for (String segment : segments) {
      longer.append('/').append(encode(checked(segment)));
    }
    return new GraphPath(longer.toString(), query);
  }

  /**
   * Appends a path relative to this drive item, in Graph's notation {@code :/path:}. Empty
   * segments, as leading and trailing slashes make them, are left out.
   */
  public GraphPath beneath(String itemPath) {
    StringBuilder names = new StringBuilder();
    for (String name : itemPath.split("/", -1)) {
      if (!name.isEmpty()) {
        names.append('/').append(encode(checked(name)));
      }
    }
    return names.isEmpty() ? this : new GraphPath(path + ":" + names + ":", query);
  }

  /** Adds a query parameter unless the value is null. */
  public GraphPath query(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    String parameter = encode(name) + "=" + encode(value);
    return new GraphPath(path, query.isEmpty() ? parameter : query + "&" + parameter);
  }

  /** The text to append to the base URL. */
  String text() {
    // At the very end Graph takes the closing colon for a part of the name.
    String whole = path.endsWith(":") ? path.substring(0, path.length() - 1) : path;
    return query.isEmpty() ? whole : whole + "?" + query;
  }

  private static String checked(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new IllegalArgumentException("not an id or a name: \"" + segment + "\"");
    }
    return segment;
  }

  private static String encode(String text) {
    return PercentEncoding.encode(text, PLAIN);
  }

  @Override
  public String toString() {
    return path;
  }
}
