package dev.latchkey.graph.http;

import dev.latchkey.wire.SecureUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides where what a server sends may lead. */
final class Links {

  private Links() {}

  /** Whether scheme, host and port are the same. */
  static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost() != null
        && b.getHost() != null
        && a.getHost().toLowerCase(Locale.ROOT).equals(b.getHost().toLowerCase(Locale.ROOT))
        && port(a) == port(b)
        && b.getRawUserInfo() == null;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /**
   * A link, resolved against where it was found.
   *
   * @return the absolute URI; null if it is none, or neither https nor http on loopback, or http
   *     after https
   */
  static @Nullable URI follow(URI from, String link) {
    if (link.isEmpty()) {
      return null;
    }
    try {
      URI target = from.resolve(new URI(new URI(link).toASCIIString()));
      boolean downgrade =
          from.getScheme().equalsIgnoreCase("https")
              && !"https".equalsIgnoreCase(target.getScheme());
      return !downgrade && SecureUri.allows(target) ? target : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}
