package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import dev.latchkey.store.TokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real session buses, where and as people have them. */
@Tag("daemons")
@Timeout(120)
class SessionBusTest {

  private static final int NOBODY = 65_534;

  private final String service = "test-" + UUID.randomUUID();
  private @Nullable DesktopSession session;

  @TempDir Path directory;

  @AfterEach
  void logOut() throws Exception {
    System.clearProperty(DesktopSession.BUS_PROPERTY);
    if (session != null) {
      session.close();
    }
  }

  @Test
  void theAddressesOfAListAreTriedInTurn() throws Exception {
    DesktopSession desktop = withGnomeKeyring();

    use("unix:path=" + directory.resolve("none") + ";unix:abstract=/x;" + desktop.bus());

    assertThat(desktop.entries(service)).isNotEmpty();
  }

  /** As in a program that cron or ssh started for a person who is logged in. */
  @Test
  @Tag("processes")
  void theBusOfTheRuntimeDirectoryNeedsNoVariable() throws Exception {
    DesktopSession desktop = withGnomeKeyring();
    Map<String, @Nullable String> variables = new HashMap<>();
    variables.put("DBUS_SESSION_BUS_ADDRESS", null);
    variables.put("XDG_RUNTIME_DIR", desktop.home().toString());

    String location = "\t" + desktop.home().resolve("locks") + "\t" + service;
    try (StoreJvm child = StoreJvm.start(variables, StoreProgram.class, "forget", location)) {
      assertThat(child.end()).contains("read nothing");
    }
  }

  @Test
  void aProxyThatLetsNothingThroughIsASandbox() throws Exception {
    KeyringUnavailable failure =
        catchThrowableOfType(KeyringUnavailable.class, () -> use(proxied("--filter")));

    assertThat(failure).hasMessageContaining("A sandbox hides the keyring");
    assertThat(failure.remedy()).contains("--talk-name=org.freedesktop.secrets");
  }

  @Test
  void aProxyThatLetsTheKeyringThroughIsEnough() throws Exception {
    use(proxied("--filter", "--talk=org.freedesktop.secrets"));

    assertThat(withGnomeKeyring().entries(service)).isNotEmpty();
  }

  @Test
  void aBusWithoutAKeyringIsNoSandbox() throws Exception {
    session = DesktopSession.withBusOnly();

    assertThat(fails(session.bus())).hasMessageContaining("No keyring is running");
  }

  @Test
  void aBusThatHangsIsNotTakenForAKeyringThatHangs() throws Exception {
    session = DesktopSession.withBusOnly();
    DesktopSession.signal(session.daemon(), "STOP");

    TokenStoreFailure failure = fails(session.bus());

    assertThat(failure.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(failure).hasMessageContaining("The D-Bus session bus at " + path());
  }

  /** With sudo, the administrator's program finds the bus of the person, which rejects it. */
  @Test
  void aBusOfAnotherUserIsNamedForThat() throws Exception {
    Assumptions.assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "not root");
    DesktopSession.require("setpriv", "dbus-daemon");
    session = DesktopSession.withBusOnly();
    Path theirs = Files.createTempDirectory("latchkey-bus");
    Files.setAttribute(theirs, "unix:uid", NOBODY);
    Path socket = theirs.resolve("bus");
    Process daemon =
        session.start(
            "setpriv",
            "--reuid=" + NOBODY,
            "--clear-groups",
            "dbus-daemon",
            "--nofork",
            "--session",
            "--address=unix:path=" + socket);
    await(socket);

    TokenStoreFailure failure = fails("unix:path=" + socket);

    session.kill(daemon);
    Files.deleteIfExists(socket);
    Files.delete(theirs);
    assertThat(failure).hasMessageContaining(socket + " belongs to another user");
    assertThat(failure.remedy()).contains("not with sudo or su");
  }

  private DesktopSession withGnomeKeyring() throws Exception {
    DesktopSession desktop = session;
    if (desktop == null) {
      desktop = DesktopSession.withGnomeKeyring();
      session = desktop;
    }
    return desktop;
  }

  private String path() {
    return Objects.requireNonNull(session).bus().replaceAll("unix:path=|,.*", "");
  }

  /** The bus behind the proxy of Flatpak. */
  private String proxied(String... rules) throws Exception {
    DesktopSession.require("xdg-dbus-proxy");
    DesktopSession desktop = withGnomeKeyring();
    Path socket = desktop.home().resolve("proxy");
    String[] command = new String[rules.length + 3];
    command[0] = "xdg-dbus-proxy";
    command[1] = desktop.bus();
    command[2] = socket.toString();
    System.arraycopy(rules, 0, command, 3, rules.length);
    desktop.start(command);
    await(socket);
    return "unix:path=" + socket;
  }

  private static void await(Path socket) {
    while (!Files.exists(socket)) {
      Thread.onSpinWait();
    }
  }

  private TokenStoreFailure fails(String address) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, () -> use(address));
    assertThat(failure).isNotNull();
    return failure;
  }

  private void use(String address) {
    System.setProperty(DesktopSession.BUS_PROPERTY, address);
    try (TokenStore store =
        KeyringTokenStore.builder(service)
            .lockDirectory(directory)
            .callLimit(Duration.ofSeconds(4))
            .open()) {
      assertThat(store.write("account", "content", null)).isNotNull();
      assertThat(store.read("account")).isNotNull();
    }
  }
}
