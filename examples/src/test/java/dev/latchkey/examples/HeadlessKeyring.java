package dev.latchkey.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** A login without a screen: a session bus and an unlocked GNOME Keyring, until it is closed. */
final class HeadlessKeyring implements AutoCloseable {

  /** Both end with the standard input; a daemon that is not on the bus yet would stay. */
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

  private final Map<String, String> variables;
  private final Process login;
  private final String bus;

  private HeadlessKeyring(Path home) throws IOException {
    variables = new TreeMap<>();
    variables.put("HOME", home.toString());
    variables.put("XDG_RUNTIME_DIR", home.toString());
    variables.put("XDG_DATA_HOME", home.resolve("data").toString());
    login = builder("dbus-run-session", "--", "sh", "-c", LOGIN).start();
    bus = String.valueOf(login.inputReader(UTF_8).readLine());
    variables.put("DBUS_SESSION_BUS_ADDRESS", bus);
  }

  /** Skips the test on a machine that lacks something; in CI that is a failure. */
  static HeadlessKeyring start(Path home) throws IOException {
    List.of("dbus-run-session", "gnome-keyring-daemon", "secret-tool", "dbus-send")
        .forEach(HeadlessKeyring::require);
    return new HeadlessKeyring(home);
  }

  private static void require(String program) {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    if (!there) {
      String reason = program + " is not installed";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(reason);
      }
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
    builder.environment().putAll(variables);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  String bus() {
    return bus;
  }

  void lock() throws Exception {
    output(
        "dbus-send",
        "--session",
        "--dest=org.freedesktop.secrets",
        "--print-reply",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login");
  }

  /** The secrets of a service, as another program reads them. */
  List<String> secrets(String service) throws Exception {
    return output("secret-tool", "search", "--all", "service", service)
        .lines()
        .filter(line -> line.startsWith("secret = "))
        .toList();
  }

  private String output(String... command) throws Exception {
    Process process = builder(command).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), UTF_8);
      process.waitFor();
      return text;
    }
  }

  @Override
  public void close() throws Exception {
    login.outputWriter(UTF_8).close();
    login.waitFor();
  }
}
