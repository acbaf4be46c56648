package dev.latchkey.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A session bus and an unlocked GNOME Keyring of their own, in a home of their own, until closed.
 * They end when their standard input does.
 */
final class Keyring implements AutoCloseable {

  private static final int MAX_SECONDS = 900;

  private static final String LOGIN =
      """
      printf %s pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
      for try in $(seq 200); do
        dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
          org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets >/dev/null && break
        sleep 0.05
      done
      echo "$DBUS_SESSION_BUS_ADDRESS"
      exec cat >/dev/null
      """;

  /** What a program needs to find it. */
  final Map<String, String> variables;

  private final Child login;

  Keyring(Path home) throws IOException {
    for (String program : List.of("dbus-run-session", "gnome-keyring-daemon", "dbus-send")) {
      if (Arrays.stream(System.getenv("PATH").split(":", -1))
          .noneMatch(directory -> Files.isExecutable(Path.of(directory, program)))) {
        throw new IOException(program + " is not installed");
      }
    }
    Files.createDirectories(home);
    Map<String, String> own =
        Map.of(
            "HOME", home.toString(),
            "XDG_RUNTIME_DIR", home.toString(),
            "XDG_DATA_HOME", home.resolve("data").toString());
    this.login = new Child(List.of("dbus-run-session", "--", "sh", "-c", LOGIN), own, MAX_SECONDS);
    String bus = String.valueOf(login.line());
    this.variables =
        Map.of(
            "HOME", home.toString(),
            "XDG_RUNTIME_DIR", home.toString(),
            "XDG_DATA_HOME", home.resolve("data").toString(),
            "DBUS_SESSION_BUS_ADDRESS", bus);
  }

  @Override
  public void close() throws IOException {
    login.process.getOutputStream().close();
    login.await(line -> {});
    login.close();
  }
}
