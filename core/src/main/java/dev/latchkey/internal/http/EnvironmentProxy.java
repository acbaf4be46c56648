package dev.latchkey.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that {@code HTTPS_PROXY} names, for the hosts that {@code NO_PROXY} does not.
 *
 * <p>Its user name and password are sent with each request, and not by an {@code Authenticator}: of
 * a client that has one, the JDK 17 drops the {@code Authorization} of all requests.
 */
public final class EnvironmentProxy extends ProxySelector {

  private static final String VARIABLE = "HTTPS_PROXY";
  private static final int DEFAULT_PORT = 80;
  private static final int MAX_PORT = 65_535;

  private static final Pattern VALUE =
      Pattern.compile(
          "(?:http://)?(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?"
              + "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?/?",
          Pattern.CASE_INSENSITIVE);

  private final InetSocketAddress address;
  private final @Nullable String credentials;
  private final ProxyExceptions exceptions;

  private EnvironmentProxy(
      InetSocketAddress address, @Nullable String credentials, ProxyExceptions exceptions) {
    this.address = address;
    this.credentials = credentials;
    this.exceptions = exceptions;
  }

  /**
   * Reads the variables, also those in lower case, which count more.
   *
   * @return null if they name no proxy
   * @throws IllegalArgumentException if the value is invalid. The message does not quote it,
   *     because it may hold a password
   */
  public static @Nullable EnvironmentProxy of(Map<String, String> variables) {
    String value = value(variables, VARIABLE);
    if (value.isEmpty()) {
      return null;
    }
    Matcher parts = VALUE.matcher(value);
    if (!parts.matches()) {
      throw invalid();
    }
    String port = parts.group("port");
    int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      throw invalid();
    }
    String host = parts.group("host").replaceAll("[\\[\\]]", "");
    return new EnvironmentProxy(
        InetSocketAddress.createUnresolved(host, number), // resolved anew for each connection
        credentials(parts.group("user"), parts.group("password")),
        ProxyExceptions.of(value(variables, "NO_PROXY")));
  }

  private static String value(Map<String, String> variables, String name) {
    String lower = variables.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
    return lower.isEmpty() ? variables.getOrDefault(name, "").strip() : lower;
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        VARIABLE + " must be http://[USER:PASSWORD@]HOST[:PORT], with %40 for an @ in a password");
  }

  private static @Nullable String credentials(@Nullable String user, @Nullable String password) {
    if (user == null) {
      return null;
    }
    String both = decoded(user) + ":" + (password == null ? "" : decoded(password));
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }

  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        bytes.write(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw invalid();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return bytes.toString(UTF_8);
  }

  /**
   * Wraps the client that is built with this selector, so that its requests carry the user name and
   * the password for the proxy.
   */
  HttpClient authenticating(HttpClient client) {
    return credentials == null ? client : new ProxiedClient(client, this, credentials);
  }

  /** Whether requests to this URI go through the proxy. Plain http never leaves this machine. */
  boolean isFor(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme())
        && uri.getHost() != null
        && !SecureUri.isLoopback(uri)
        && !exceptions.contain(uri);
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(isFor(uri) ? new Proxy(Proxy.Type.HTTP, address) : Proxy.NO_PROXY);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
    // There is no other proxy to try.
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "EnvironmentProxy[" + address.getHostString() + ":" + address.getPort() + "]";
  }
}
