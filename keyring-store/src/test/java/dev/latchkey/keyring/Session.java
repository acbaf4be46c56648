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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A login without a screen: a home, a D-Bus session bus and, if asked for, a real keyring on it.
 * All processes of it end with it.
 */
final class Session implements AutoCloseable {

  /** Where dbus-java looks first. */
  static final String BUS_PROPERTY = "DBUS_SESSION_BUS_ADDRESS";

  private static final String PASSWORD = "pw";
  private static final int TRIES = 200;

  private final Path home;
  private final Deque<Process> processes = new ArrayDeque<>();
  private String bus = "";

  private Session() throws IOException {
    home =
        Files.createTempDirectory(
            "latchkey-session",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** A bus, on which nothing can be started. */
  static Session withBusOnly() throws Exception {
    require("dbus-daemon");
    Session session = new Session();
    session.startBus();
    return session;
  }

  /** GNOME Keyring, unlocked. */
  static Session withGnomeKeyring() throws Exception {
    require("dbus-daemon", "gnome-keyring-daemon", "secret-tool", "dbus-send");
    Session session = withBusOnly();
    session.startGnomeKeyring();
    return session;
  }

  /** KWallet with an open wallet. */
  static Session withKWallet() throws Exception {
    require("dbus-daemon", "kwalletd5", "dbus-send");
    Session session = withBusOnly();
    Files.createDirectories(session.home.resolve(".config"));
    Files.writeString(
        session.home.resolve(".config/kwalletrc"),
        "[Wallet]\nFirst Use=false\nEnabled=true\nPrompt on Open=false\nLeave Open=true\n");
    session.start("kwalletd5");
    session.awaitOwner("org.kde.kwalletd5");
    String hash =
        IntStream.rangeClosed(1, 56).mapToObj(Integer::toString).collect(Collectors.joining(","));
    session.output(
        "dbus-send",
        "--session",
        "--print-reply",
        "--dest=org.kde.kwalletd5",
        "/modules/kwalletd5",
        "org.kde.KWallet.pamOpen", // how logging in with a password opens it
        "string:kdewallet",
        "array:byte:" + hash,
        "int32:0");
    return session;
  }

  /** Skips the test on a machine that lacks something; in CI that is a failure. */
  private static void require(String... programs) {
    for (String program : programs) {
      boolean there =
          Arrays.stream(System.getenv("PATH").split(":"))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
      if (!there) {
        String reason = "skipped: " + program + " is not installed";
        if ("true".equals(System.getenv("CI"))) {
          throw new AssertionError(reason);
        }
        System.out.println(reason);
        Assumptions.abort(reason);
      }
    }
  }

  private void startBus() throws Exception {
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
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """
            .formatted(home.resolve("bus")));
    Process daemon =
        builder("dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + config).start();
    processes.push(daemon);
    BufferedReader out = daemon.inputReader(UTF_8);
    bus = String.valueOf(out.readLine());
    System.setProperty(BUS_PROPERTY, bus);
  }

  /** Another daemon on the same home, as after a crash or an update. */
  Process startGnomeKeyring() throws Exception {
    Process daemon =
        start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
    try (var in = daemon.outputWriter(UTF_8)) {
      in.write(PASSWORD);
    }
    awaitOwner("org.freedesktop.secrets");
    awaitUnlocked();
    return daemon;
  }

  private void awaitUnlocked() throws Exception {
    for (int tries = 0; tries < TRIES; tries++) {
      if (output(
              "dbus-send",
              "--session",
              "--print-reply",
              "--dest=org.freedesktop.secrets",
              "/org/freedesktop/secrets/aliases/default",
              "org.freedesktop.DBus.Properties.Get",
              "string:org.freedesktop.Secret.Collection",
              "string:Locked")
          .contains("false")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The keyring did not unlock.");
  }

  void lockGnomeKeyring() throws Exception {
    output(
        "dbus-send",
        "--session",
        "--dest=org.freedesktop.secrets",
        "--print-reply",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login");
  }

  private void awaitOwner(String name) throws Exception {
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
  Process daemon() {
    return processes.getFirst();
  }

  static void signal(Process process, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  void kill(Process process) throws Exception {
    process.destroyForcibly().waitFor();
    processes.remove(process);
  }

  private Process start(String... command) throws IOException {
    Process process = builder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    processes.push(process);
    return process;
  }

  ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    var environment = builder.environment();
    for (String name : List.of("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL")) {
      environment.remove(name);
    }
    environment.put("HOME", home.toString());
    environment.put("XDG_RUNTIME_DIR", home.toString());
    environment.put("QT_QPA_PLATFORM", "offscreen");
    environment.put("XDG_DATA_HOME", home.resolve("data").toString());
    environment.put(BUS_PROPERTY, bus);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** What a command prints; empty if it fails. */
  String output(String... command) throws Exception {
    Process process = builder(command).start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), UTF_8);
      process.waitFor();
      return text;
    }
  }

  String bus() {
    return bus;
  }

  Path home() {
    return home;
  }

  /** All entries of a service, as secret-tool shows them. */
  List<Entry> entries(String service) throws Exception {
    Process process =
        builder("secret-tool", "search", "--all", "--unlock", "service", service)
            .redirectErrorStream(true) // the attributes are on stderr
            .start();
    List<Entry> entries = new ArrayList<>();
    String secret = null;
    String label = null;
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("label = ")) {
          label = line.substring("label = ".length());
        } else if (line.startsWith("secret = ")) {
          secret = line.substring("secret = ".length());
        } else if (line.startsWith("attribute.account = ")) {
          entries.add(new Entry(line.substring("attribute.account = ".length()), secret, label));
        }
      }
    }
    process.waitFor();
    return entries;
  }

  record Entry(String account, @Nullable String secret, @Nullable String label) {}

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
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(Session::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
