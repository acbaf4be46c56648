package dev.latchkey.internal.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that {@code NO_PROXY} names, separated by commas: a domain with all below it, an
 * address, a range of addresses such as {@code 10.0.0.0/8}, each with a port or without one, or an
 * asterisk for all.
 */
final class ProxyExceptions {

  /** Only a literal address: a name is not resolved, the proxy may know it better. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-f:.]*:[0-9a-f:.]*");

  private final List<String> entries;

  private ProxyExceptions(List<String> entries) {
    this.entries = entries;
  }

  static ProxyExceptions of(String value) {
    return new ProxyExceptions(
        Arrays.stream(value.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .toList());
  }

  boolean contain(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
    int port = uri.getPort() < 0 ? 443 : uri.getPort();
    return entries.stream().anyMatch(entry -> names(entry, host, port));
  }

  private static boolean names(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    String bare = entry.replaceFirst(":" + port + "$", "");
    if (!bare.equals(entry) && names(bare.replaceAll("[\\[\\]]", ""), host)) {
      return true;
    }
    return names(entry.replaceAll("[\\[\\]]", ""), host);
  }

  private static boolean names(String entry, String host) {
    int slash = entry.indexOf('/');
    if (slash > 0) {
      byte[] network = address(entry.substring(0, slash));
      byte[] wanted = address(host);
      return network != null && wanted != null && isIn(network, entry.substring(slash + 1), wanted);
    }
    byte[] wanted = address(host);
    if (wanted != null) {
      return Arrays.equals(address(entry), wanted);
    }
    String domain = entry.replaceFirst("^\\*?\\.", "");
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static boolean isIn(byte[] network, String length, byte[] address) {
    int bits = length.matches("[0-9]{1,3}") ? Integer.parseInt(length) : -1;
    if (network.length != address.length || bits < 0 || bits > network.length * 8) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((network[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a literal address; null if it is none. */
  private static byte @Nullable [] address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
