package dev.latchkey.internal.http;

import dev.latchkey.internal.text.PercentEncoding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides which URIs may be requested, or opened in a browser: https, and http on loopback. */
public final class SecureUri {

  // A literal address: 127.0.0.1.example.com, and other names that resolve to loopback, do not
  // pass.
  private static final Pattern LOOPBACK_IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "[::1]", "[0:0:0:0:0:0:0:1]");

  /** No server takes a longer one. Escaping a long one takes quadratic time in the JDK. */
  private static final int MAX_LENGTH = 1 << 14;

  private static final Pattern AUTHORITY = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?]*");

  /** What a path and a query may hold as it is besides (RFC 3986 §3.3 and §3.4). */
  private static final String PLAIN = "!$&'()*+,;=:@/";

  private SecureUri() {}

  /**
   * Whether it is https, or http on 127.0.0.0/8, ::1 or localhost, with a host and no user part.
   */
  public static boolean allows(URI uri) {
    String scheme = uri.getScheme();
    // https://microsoft.com@example.com shows one host and opens another.
    if (scheme == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
      return false;
    }
    return scheme.equalsIgnoreCase("https") || (scheme.equalsIgnoreCase("http") && isLoopback(uri));
  }

  /**
   * Checks that a URI is allowed.
   *
   * @return the same URI
   * @throws IllegalArgumentException if {@link #allows} is false; the message leaves out the query
   */
  public static URI check(URI uri) {
    if (!allows(uri)) {
      throw new IllegalArgumentException(
          "Neither https nor http on loopback: " + withoutQuery(uri));
    }
    return uri;
  }

  /**
   * Reads a URI that a server sent; null if it is invalid, too long or not allowed. Escapes
   * non-ASCII.
   */
  public static @Nullable URI read(String text) {
    URI uri = parse(text);
    return uri != null && allows(uri) ? uri : null;
  }

  /**
   * Reads a URI that a server sent, as {@link #read}. Only a server on loopback may name plain
   * http: another one has no business with the services of this machine.
   *
   * @param server where the URI was found
   * @return the URI; null if it is invalid, not allowed, or http from a server elsewhere
   */
  public static @Nullable URI readFrom(URI server, String text) {
    URI uri = read(text);
    return uri != null && isPlainHttp(uri) && !isLoopback(server) ? null : uri;
  }

  /**
   * Resolves a link that a server sent against the URI where it was found. Characters that no path
   * and no query may hold are escaped as browsers escape them, because servers send them.
   *
   * @return the absolute URI, without a fragment; null if it is invalid, overlong, not allowed, or
   *     http after https
   */
  public static @Nullable URI follow(URI from, String link) {
    String escaped = link.length() > MAX_LENGTH ? "" : escape(link);
    if (escaped.isEmpty()) {
      return null;
    }
    try {
      // URI.resolve drops the last segment of the base before a mere query; RFC 3986 §5.3 keeps it.
      URI target =
          from.resolve(new URI(escaped.startsWith("?") ? from.getRawPath() + escaped : escaped));
      boolean downgrade = isPlainHttp(target) && !isPlainHttp(from);
      return allows(target) && !downgrade ? target : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Escapes what follows the authority, which must be valid as it is. Drops the fragment. */
  private static String escape(String link) {
    String text = link.replaceAll("[\\t\\r\\n]", "").strip();
    int fragment = text.indexOf('#');
    String whole = fragment < 0 ? text : text.substring(0, fragment);
    Matcher authority = AUTHORITY.matcher(whole);
    int at = authority.lookingAt() ? authority.end() : 0;
    int query = whole.indexOf('?', at);
    int pathEnd = query < 0 ? whole.length() : query;
    return whole.substring(0, at)
        + encode(whole.substring(at, pathEnd), PLAIN)
        + encode(whole.substring(pathEnd), PLAIN + "?[]");
  }

  /** Encodes what is neither plain nor encoded already. */
  private static String encode(String text, String plain) {
    StringBuilder encoded = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
      if (isEscape(text, at)) {
        encoded.append(PercentEncoding.encode(text.substring(from, at), plain)).append('%');
        from = at + 1;
      }
    }
    return encoded.append(PercentEncoding.encode(text.substring(from), plain)).toString();
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  /** Whether both are allowed and have the same scheme, host and port. */
  public static boolean sameOrigin(URI a, URI b) {
    return allows(a)
        && allows(b)
        && a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && port(a) == port(b);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isPlainHttp(uri) ? 80 : 443;
  }

  private static @Nullable URI parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      return new URI(new URI(text).toASCIIString());
    } catch (URISyntaxException e) {
      return null;
    }
  }

  public static boolean isPlainHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme());
  }

  /** Scheme, host, port and path: what an error may show. */
  static String withoutQuery(URI uri) {
    if (uri.getHost() == null) {
      return uri.getScheme() + ":…";
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  /** Whether the host is 127.0.0.0/8, ::1 or localhost. */
  public static boolean isLoopback(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    return LOOPBACK_NAMES.contains(host) || LOOPBACK_IPV4.matcher(host).matches();
  }
}
