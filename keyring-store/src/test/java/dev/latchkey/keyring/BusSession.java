package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A home and a D-Bus session bus. All processes of it end with it. */
class BusSession implements AutoCloseable {

  /** Where dbus-java looks first. */
  static final String BUS_PROPERTY = "DBUS_SESSION_BUS_ADDRESS";

  private static final int TRIES = 200;
  private static final Path PROMPTER = Path.of("/usr/libexec/gcr-prompter");

  private final Path home;
  private final @Nullable Screen screen;
  private final Deque<Process> processes = new ArrayDeque<>();
  private String bus = "";

  BusSession(@Nullable Screen screen) throws IOException {
    this.screen = screen;
    home =
        Files.createTempDirectory(
            "latchkey-session",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Skips the test on a machine that lacks something; in CI that is a failure. */
  static void require(String... programs) {
    for (String program : programs) {
      boolean there =
          Arrays.stream(System.getenv("PATH").split(":"))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory).resolve(program)));
      if (!there) {
        String reason = program + " is not installed";
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError(reason);
        }
        System.out.println("skipped: " + reason);
        Assumptions.abort(reason);
      }
    }
  }

  /** Nothing can be started on the bus but, on a screen, the dialog of GNOME Keyring. */
  final void startBus() throws Exception {
    Path services = Files.createDirectory(home.resolve("services"));
    if (screen != null) {
      require(PROMPTER.toString());
      Files.writeString(
          services.resolve("prompter.service"),
          "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=" + PROMPTER + "\n");
    }
    Path config = home.resolve("bus.conf");
    Files.writeString(
        config,
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=%s</listen>
          <auth>EXTERNAL</auth>
          <servicedir>%s</servicedir>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """
            .formatted(home.resolve("bus"), services));
    Process daemon =
        builder("dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + config).start();
    processes.push(daemon);
    BufferedReader out = daemon.inputReader(UTF_8);
    bus = String.valueOf(out.readLine());
    System.setProperty(BUS_PROPERTY, bus);
  }

  final void awaitOwner(String name) throws Exception {
    for (int tries = 0; tries < TRIES; tries++) {
      if (output(
              "dbus-send",
              "--session",
              "--print-reply",
              "--dest=org.freedesktop.DBus",
              "/org/freedesktop/DBus",
              "org.freedesktop.DBus.NameHasOwner",
              "string:" + name)
          .contains("true")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(name + " did not start.");
  }

  /** The daemon that was started last. */
  final Process daemon() {
    return processes.getFirst();
  }

  static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  final void kill(Process process) throws Exception {
    process.destroyForcibly().waitFor();
    processes.remove(process);
  }

  final Process start(String... command) throws IOException {
    Process process = builder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    processes.push(process);
    return process;
  }

  final ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    var environment = builder.environment();
    for (String name : List.of("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL")) {
      environment.remove(name);
    }
    if (screen != null) {
      environment.put("DISPLAY", screen.display());
      environment.put("NO_AT_BRIDGE", "1");
    }
    environment.put("HOME", home.toString());
    environment.put("XDG_RUNTIME_DIR", home.toString());
    environment.put("QT_QPA_PLATFORM", "offscreen");
    environment.put("XDG_DATA_HOME", home.resolve("data").toString());
    environment.put(BUS_PROPERTY, bus);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** What a command prints; empty if it fails. */
  final String output(String... command) throws Exception {
    Process process = builder(command).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), UTF_8);
      process.waitFor();
      return text;
    }
  }

  final String bus() {
    return bus;
  }

  final Path home() {
    return home;
  }

  @Override
  public void close() throws Exception {
    System.clearProperty(BUS_PROPERTY);
    for (Process process : processes) {
      signal(process, "CONT");
      process.destroy();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    deleteHome();
  }

  /** What the bus has started ends a moment later, and may write until then. */
  private void deleteHome() throws Exception {
    for (int tries = 1; ; tries++) {
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
        return;
      } catch (IOException | UncheckedIOException e) {
        if (tries == TRIES) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }
}
