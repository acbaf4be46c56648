package dev.latchkey;

import dev.latchkey.internal.http.SecureUri;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens a page in the person's browser with the desktop's own command: {@code xdg-open}, {@code
 * wslview}, {@code open} or {@code rundll32}. It starts at once and needs no module of the JDK,
 * where {@code java.awt.Desktop} would load all of AWT first. The library itself opens nothing.
 *
 * <p>Where there is no desktop, as over SSH or in a container, nothing is opened. Show the address
 * in any case: that a command started does not mean that a browser did.
 *
 * @see BrowserSignIn
 */
public final class Browsers {

  private Browsers() {}

  /**
   * Opens a page. The command inherits the environment of this process, except for the variables of
   * the {@code latchkey} command line, {@code LATCHKEY_…}, one of which is a key: see {@link
   * #open(URI, Map)}. Starts a process, and does not wait for it.
   *
   * @param page https, or http on loopback
   * @return whether the desktop's command was started
   * @throws IllegalArgumentException if the page is neither https nor http on loopback
   */
  public static boolean open(URI page) {
    return open(page, inheritable(System.getenv()));
  }

  static Map<String, String> inheritable(Map<String, String> environment) {
    Map<String, String> inheritable = new HashMap<>(environment);
    inheritable.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith("LATCHKEY_"));
    return inheritable;
  }

  /**
   * Opens a page with a command that gets these environment variables and no others: a browser
   * hands its environment on to all that it starts, and secrets of the program are none of its
   * business. Starts a process, and does not wait for it.
   *
   * @param page https, or http on loopback
   * @param environment those of this process, without what the browser must not see. On Linux,
   *     {@code PATH} and {@code DISPLAY} or {@code WAYLAND_DISPLAY} are required
   * @return whether the desktop's command was started
   * @throws IllegalArgumentException if the page is neither https nor http on loopback
   */
  public static boolean open(URI page, Map<String, String> environment) {
    List<String> command = new ArrayList<>(command(environment));
    if (!SecureUri.allows(page)) {
      throw new IllegalArgumentException("neither https nor http on loopback");
    }
    if (command.isEmpty()) {
      return false;
    }
    command.add(page.toASCIIString());
    ProcessBuilder browser = new ProcessBuilder(command);
    browser.environment().keySet().retainAll(environment.keySet());
    browser.environment().putAll(environment);
    try {
      browser
          .redirectInput(ProcessBuilder.Redirect.from(nothing()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> command(Map<String, String> environment) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    if (system.startsWith("mac")) {
      return List.of("open");
    }
    if (environment.containsKey("WSL_DISTRO_NAME")) { // the desktop is that of Windows
      List<String> ofWindows = onPath("wslview", environment);
      if (!ofWindows.isEmpty()) {
        return ofWindows;
      }
    }
    boolean desktop =
        !environment.getOrDefault("DISPLAY", "").isEmpty()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    return desktop ? onPath("xdg-open", environment) : List.of();
  }

  private static List<String> onPath(String name, Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
      if (directory.startsWith("/")) { // never from the directory that the program was started in
        Path file = Path.of(directory, name);
        if (Files.isExecutable(file)) {
          return List.of(file.toString());
        }
      }
    }
    return List.of();
  }

  private static File nothing() {
    boolean windows = File.separatorChar == '\\';
    return new File(windows ? "NUL" : "/dev/null");
  }
}
