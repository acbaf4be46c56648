package dev.latchkey.examples.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directory for the settings of the command line: {@code latchkey} in {@code XDG_CONFIG_HOME},
 * by default in {@code ~/.config}.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory</a>
 */
final class ConfigDirectory {

  private ConfigDirectory() {}

  /** The directory; null if there is no home directory, either. */
  static @Nullable Path of(Map<String, String> variables) {
    Path named = absolute(variables.getOrDefault("XDG_CONFIG_HOME", ""));
    if (named != null) { // one that is not absolute is to be ignored
      return named.resolve("latchkey");
    }
    Path home = absolute(variables.getOrDefault("HOME", System.getProperty("user.home", "")));
    return home == null ? null : home.resolve(".config").resolve("latchkey");
  }

  private static @Nullable Path absolute(String text) {
    try {
      Path path = Path.of(text);
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
