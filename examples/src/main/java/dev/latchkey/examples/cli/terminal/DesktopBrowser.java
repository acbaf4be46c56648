package dev.latchkey.examples.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens the person's browser with the desktop's own command, which starts at once; {@code
 * java.awt.Desktop} would load all of AWT first. Does nothing where there is no desktop.
 */
public final class DesktopBrowser {

  private final Map<String, String> variables;

  public DesktopBrowser(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Opens a page if possible; the address has been printed in any case. */
  public boolean open(URI page) {
    List<String> command = new ArrayList<>(command());
    if (command.isEmpty()) {
      return false;
    }
    command.add(page.toASCIIString());
    try {
      ChildProcess.of(command)
          .redirectInput(ProcessBuilder.Redirect.from(nothing()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> command() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    if (system.startsWith("mac")) {
      return List.of("open");
    }
    return hasDesktop() ? onPath("xdg-open") : List.of();
  }

  private boolean hasDesktop() {
    return !variables.getOrDefault("DISPLAY", "").isEmpty()
        || !variables.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
  }

  private List<String> onPath(String name) {
    String path = variables.getOrDefault("PATH", "");
    for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
      Path file = Path.of(directory, name);
      if (!directory.isEmpty() && Files.isExecutable(file)) {
        return List.of(file.toString());
      }
    }
    return List.of();
  }

  private static File nothing() {
    boolean windows = File.separatorChar == '\\';
    return new File(windows ? "NUL" : "/dev/null");
  }
}
