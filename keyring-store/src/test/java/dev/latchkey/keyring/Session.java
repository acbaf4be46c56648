package dev.latchkey.keyring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.freedesktop.dbus.ObjectPath;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** A login without a screen, or with one that nobody sees, and a real keyring if asked for. */
final class Session extends BusSession {

  private static final String PASSWORD = "pw";
  private static final int TRIES = 200;
  private static final String SECRETS = "/org/freedesktop/secrets";
  private static final String SERVICE = "org.freedesktop.Secret.Service";
  private static final ObjectPath LOGIN = new ObjectPath("", SECRETS + "/collection/login");

  private Session(@Nullable Screen screen) throws IOException {
    super(screen);
  }

  /** A bus, on which nothing can be started. */
  static Session withBusOnly() throws Exception {
    return withBus(null);
  }

  private static Session withBus(@Nullable Screen screen) throws Exception {
    require("dbus-daemon");
    Session session = new Session(screen);
    session.startBus();
    return session;
  }

  /** GNOME Keyring, unlocked. */
  static Session withGnomeKeyring() throws Exception {
    return withGnomeKeyring(null);
  }

  /** GNOME Keyring, unlocked, which can show its dialog. */
  static Session withGnomeKeyring(@Nullable Screen screen) throws Exception {
    require("dbus-daemon", "gnome-keyring-daemon", "secret-tool", "dbus-send");
    Session session = withBus(screen);
    session.startGnomeKeyring();
    return session;
  }

  /** GNOME Keyring in a home where nobody ever logged in with a password: nowhere to store. */
  static Session withGnomeKeyringWithoutCollection() throws Exception {
    require("dbus-daemon", "gnome-keyring-daemon", "dbus-send");
    Session session = withBusOnly();
    session.start("gnome-keyring-daemon", "--foreground", "--components=secrets");
    session.awaitOwner("org.freedesktop.secrets");
    return session;
  }

  /** KWallet with an open wallet. */
  static Session withKWallet() throws Exception {
    require("dbus-daemon", "kwalletd5", "dbus-send");
    Session session = withBusOnly();
    Files.createDirectories(session.home().resolve(".config"));
    session.settingsOfKWallet(false, "");
    session.startKWallet();
    return session;
  }

  private void settingsOfKWallet(boolean asks, String more) throws IOException {
    Files.writeString(
        home().resolve(".config/kwalletrc"),
        "[Wallet]\nFirst Use=false\nEnabled=true\nLeave Open=true\nPrompt on Open="
            + asks
            + "\n"
            + more);
  }

  /** As in the System Settings: which programs are let in without a question. */
  void letEveryProgramIntoKWallet() throws Exception {
    settingsOfKWallet(false, "");
    askKWallet("reconfigure");
  }

  /** Its dialog will be on no screen, and so is never answered. */
  void letKWalletAskForEachProgram() throws Exception {
    settingsOfKWallet(true, "");
    askKWallet("reconfigure");
  }

  void letKWalletDeny(String program) throws Exception {
    settingsOfKWallet(true, "[Auto Deny]\nkdewallet=" + program + "\n");
    askKWallet("reconfigure");
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

  /** Another one on the same home, as {@link #startGnomeKeyring}. */
  void startKWallet() throws Exception {
    start("kwalletd5");
    awaitOwner("org.kde.kwalletd5");
    openWallet();
  }

  /** As logging in with a password opens it. */
  void openWallet() throws Exception {
    String hash =
        IntStream.rangeClosed(1, 56).mapToObj(Integer::toString).collect(Collectors.joining(","));
    askKWallet("pamOpen", "string:kdewallet", "array:byte:" + hash, "int32:0");
  }

  void closeWallets() throws Exception {
    askKWallet("closeAllWallets");
  }

  private void askKWallet(String method, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dbus-send",
                "--session",
                "--print-reply",
                "--dest=org.kde.kwalletd5",
                "/modules/kwalletd5",
                "org.kde.KWallet." + method));
    command.addAll(List.of(arguments));
    output(command.toArray(String[]::new));
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
    try (SessionBus bus = enter()) {
      var unused = bus.ask(BusHost.SECRETS, SECRETS, SERVICE, "Lock", "ao", List.of(LOGIN));
    }
  }

  /** As logging in with a password does it, without a dialog. */
  void unlockGnomeKeyring() throws Exception {
    try (SessionBus bus = enter()) {
      Object[] plain =
          bus.ask(
              BusHost.SECRETS, SECRETS, SERVICE, "OpenSession", "sv", "plain", new Variant<>(""));
      bus.ask(
          BusHost.SECRETS,
          SECRETS,
          "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
          "UnlockWithMasterPassword",
          "o(oayays)",
          LOGIN,
          new Object[] {plain[1], new byte[0], PASSWORD.getBytes(UTF_8), "text/plain"});
    }
    awaitUnlocked();
  }

  /** A connection that gnome-keyring knows: it may not know whose first question it answers. */
  private static SessionBus enter() throws SessionBus.Refused {
    SessionBus bus = SessionBus.connect(Duration.ofSeconds(10));
    var unused = bus.ask(BusHost.SECRETS, SECRETS, SERVICE, "ReadAlias", "s", "default");
    return bus;
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
}
