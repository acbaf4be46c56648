package dev.latchkey;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the answer of a sign-in in the browser comes back to this computer, and what the browser then
 * shows. Immutable; every method returns a copy.
 *
 * <p>The redirect URI has to be registered for the client at the server. By default it is {@code
 * http://127.0.0.1} with any free port, and for Entra {@code http://localhost}, registered under
 * "Mobile and desktop applications": servers ignore the port (RFC 8252 §7.3). For one that compares
 * it, register several URIs and name their ports here.
 *
 * <pre>{@code
 * LoopbackRedirect redirect =
 *     LoopbackRedirect.DEFAULT.withPath("/signed-in").withPorts(49201, 51337, 60411);
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252 §7.3</a>
 */
public final class LoopbackRedirect {

  /** Any free port, the server's usual host, no path, 15 minutes, and texts in English. */
  public static final LoopbackRedirect DEFAULT =
      new LoopbackRedirect(
          null,
          List.of(),
          "",
          Duration.ofMinutes(15),
          new Texts(
              "Back to the application",
              "You may close this window.",
              "The sign-in was not completed. You may close this window."));

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");
  private static final List<String> HOSTS = List.of("127.0.0.1", "[::1]", "localhost");
  private static final int MIN_PORT = 1024;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_TEXT_LENGTH = 2_000;

  private record Texts(String title, String finished, String failed) {}

  private final @Nullable String host;
  private final List<Integer> ports;
  private final String path;
  private final Duration limit;
  private final Texts texts;

  private LoopbackRedirect(
      @Nullable String host, List<Integer> ports, String path, Duration limit, Texts texts) {
    this.host = host;
    this.ports = ports;
    this.path = path;
    this.limit = limit;
    this.texts = texts;
  }

  /**
   * Sets the host of the redirect URI.
   *
   * @param name {@code 127.0.0.1}, {@code [::1]} or {@code localhost}, which listens on both
   *     addresses; null for the server's usual one
   * @return a copy
   * @throws IllegalArgumentException if the name is not one of these
   */
  public LoopbackRedirect withHost(@Nullable String name) {
    if (name != null && !HOSTS.contains(name)) {
      throw new IllegalArgumentException("host must be one of " + HOSTS);
    }
    return new LoopbackRedirect(name, ports, path, limit, texts);
  }

  /**
   * Sets the ports to try, in this order, for a server that compares the port. Several, because
   * another program may hold one.
   *
   * @param numbers 1024 to 65535; none for any free port
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public LoopbackRedirect withPorts(int... numbers) {
    List<Integer> list = Arrays.stream(numbers).boxed().toList();
    if (list.stream().anyMatch(port -> port < MIN_PORT || port > MAX_PORT)) {
      throw new IllegalArgumentException("ports must be " + MIN_PORT + " to " + MAX_PORT);
    }
    return new LoopbackRedirect(host, list, path, limit, texts);
  }

  /**
   * Sets the path of the redirect URI, which servers compare.
   *
   * @param text empty, or segments of letters, digits, {@code -}, {@code .}, {@code _} and {@code
   *     ~}, each after a slash
   * @return a copy
   * @throws IllegalArgumentException if it is no such path
   */
  public LoopbackRedirect withPath(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException("not a path: " + text);
    }
    return new LoopbackRedirect(host, ports, text, limit, texts);
  }

  /**
   * Sets how long a sign-in waits for the browser. By default 15 minutes.
   *
   * @param time more than zero, at most a day
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LoopbackRedirect withLimit(Duration time) {
    if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("limit must be more than zero, at most a day");
    }
    return new LoopbackRedirect(host, ports, path, time, texts);
  }

  /**
   * Sets what the browser shows at the end, in the application's words and language. Plain text.
   * The page cannot say that the sign-in has succeeded: the application learns that a moment later.
   *
   * @param title the heading, such as the name of the application
   * @param finished shown after the person has finished
   * @param failed shown if the server refuses, or the person does
   * @return a copy
   * @throws IllegalArgumentException if one is blank or longer than 2,000 characters
   */
  public LoopbackRedirect withPage(String title, String finished, String failed) {
    for (String text : List.of(title, finished, failed)) {
      if (text.isBlank() || text.length() > MAX_TEXT_LENGTH) {
        throw new IllegalArgumentException("a text of the page is blank or too long");
      }
    }
    return new LoopbackRedirect(host, ports, path, limit, new Texts(title, finished, failed));
  }

  /** {@return the host; null for the server's usual one} */
  public @Nullable String host() {
    return host;
  }

  /** {@return the ports to try, in this order; empty for any free one} */
  public List<Integer> ports() {
    return ports;
  }

  /** {@return the path; may be empty} */
  public String path() {
    return path;
  }

  /** {@return how long a sign-in waits for the browser} */
  public Duration limit() {
    return limit;
  }

  /** {@return the heading of the page at the end} */
  public String title() {
    return texts.title();
  }

  /** {@return what the page says after the person has finished} */
  public String finished() {
    return texts.finished();
  }

  /** {@return what the page says if the server or the person refuses} */
  public String failed() {
    return texts.failed();
  }
}
