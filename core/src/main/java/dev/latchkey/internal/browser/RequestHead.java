package dev.latchkey.internal.browser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request, as far as it matters here.
 *
 * @param method such as {@code GET}
 * @param path what precedes the query, as it was sent
 * @param query the query as it was sent, or empty. A secret
 * @param host the {@code Host} field; empty if there is none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3">RFC 9112 §3</a>
 */
record RequestHead(String method, String path, String query, String host) {

  /**
   * Reads the bytes up to the empty line.
   *
   * @return the head; null if it is not one of HTTP/1 with a path, or names two hosts
   */
  static @Nullable RequestHead parse(byte[] bytes, int length) {
    String[] lines = new String(bytes, 0, length, ISO_8859_1).split("\r?\n", -1);
    String[] start = lines[0].split(" ", -1);
    if (start.length != 3 || !start[1].startsWith("/") || !start[2].startsWith("HTTP/1.")) {
      return null;
    }
    String host = null;
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon == 4 && lines[i].substring(0, colon).equalsIgnoreCase("host")) {
        if (host != null) {
          return null;
        }
        host = lines[i].substring(colon + 1).strip().toLowerCase(Locale.ROOT);
      }
    }
    int mark = start[1].indexOf('?');
    return new RequestHead(
        start[0],
        mark < 0 ? start[1] : start[1].substring(0, mark),
        mark < 0 ? "" : start[1].substring(mark + 1),
        Objects.requireNonNullElse(host, ""));
  }

  /** Leaves out the query, which holds the authorization code. */
  @Override
  public String toString() {
    return "RequestHead[" + method + " " + path + "]";
  }
}
