package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.HeadlessKeyring;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.examples.fixture.JarProcess;
import dev.latchkey.examples.fixture.VirtualScreen;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with its default store, the keyring. */
@Tag("daemons")
@Timeout(600)
class KeyringIT {

  private static final String SERVICE = "dev.latchkey.cli";
  private static final String DIALOG = "Unlock";

  @TempDir Path home;
  @TempDir Path directory;
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();
  private final Map<String, String> variables = new TreeMap<>();

  @BeforeEach
  void configure() {
    variables.put("LATCHKEY_ISSUER", server.baseUrl() + "/common/v2.0");
    variables.put("HOME", home.toString());
    variables.put("LATCHKEY_CLIENT_ID", "1950a258-227b-4e31-a9cf-717495945fc2");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aSessionLivesInTheKeyringFromSignInToSignOut() throws Exception {
    try (HeadlessKeyring keyring = HeadlessKeyring.start(home)) {
      variables.put("DBUS_SESSION_BUS_ADDRESS", keyring.bus());
      server.approveNext(InProcessCli.ADELE);

      run("sign-in", "--store", "keyring", "--no-browser").succeeded();
      List<String> stored = keyring.secrets(SERVICE);
      CommandResult token = run("token", "--json").succeeded();
      CommandResult refreshed = run("token", "--json", "--refresh").succeeded();
      JsonObject status = run("status", "--json").succeeded().event();
      CommandResult signedOut = run("sign-out", "--json").succeeded();

      assertThat(stored).hasSizeGreaterThanOrEqualTo(4); // a head and chunks, of index and record
      assertThat(server.secrets()).noneMatch(secret -> stored.toString().contains(secret));
      assertThat(token.event().get("source").getAsString()).isEqualTo("cache");
      assertThat(refreshed.event().get("source").getAsString()).isEqualTo("refresh");
      assertThat(status.get("store").getAsString()).contains("GNOME Keyring", SERVICE);
      assertThat(status.get("locked").getAsBoolean()).isFalse();
      assertThat(status.getAsJsonArray("accounts")).hasSize(1);
      assertThat(signedOut.event().get("event").getAsString()).isEqualTo("signed_out");
      assertThat(keyring.secrets(SERVICE)).isEmpty();
      assertThat(run("token").status()).isEqualTo(10);
    }
  }

  @Test
  void aLostIndexIsMadeAgainAndNothingIsLeftAfterARepair() throws Exception {
    try (HeadlessKeyring keyring = HeadlessKeyring.start(home)) {
      variables.put("DBUS_SESSION_BUS_ADDRESS", keyring.bus());
      server.approveNext(InProcessCli.ADELE);
      run("sign-in", "--no-browser").succeeded();
      keyring.clear(SERVICE, "h.index");
      String orphan = "0123456789abcdef0123456789abcdef";
      keyring.store(SERVICE, "d." + orphan + ".1.12", "piece");

      CommandResult accounts = run("accounts", "--json").succeeded();
      JsonObject asked = run("status", "--repair", "--json").succeeded().events().get(0);
      assertThat(run("status", "--repair").succeeded().err())
          .contains("run the same command with --yes");
      JsonObject removed = run("status", "--repair", "--yes", "--json").succeeded().events().get(0);
      run("sign-out", "--all").succeeded();

      assertThat(accounts.event().get("event").getAsString()).isEqualTo("account");
      assertThat(asked.get("entry").getAsString()).isEqualTo("h." + orphan);
      assertThat(asked.get("removed").getAsBoolean()).isFalse();
      assertThat(removed.get("reason").getAsString()).isEqualTo("it has no head");
      assertThat(removed.get("removed").getAsBoolean()).isTrue();
      assertThat(keyring.secrets(SERVICE)).isEmpty();
    }
  }

  @Test
  void aLockedKeyringIsReportedWithTheRemedy() throws Exception {
    try (HeadlessKeyring keyring = HeadlessKeyring.start(home)) {
      variables.put("DBUS_SESSION_BUS_ADDRESS", keyring.bus());
      keyring.lock();

      CommandResult signIn = run("sign-in", "--no-browser");
      CommandResult status = run("status").succeeded();
      CommandResult repair = run("status", "--repair", "--yes");

      assertThat(repair.status()).isEqualTo(18);
      assertThat(repair.err()).contains("locked", "latchkey unlock");
      assertThat(signIn.status()).isEqualTo(18);
      assertThat(signIn.err()).contains("GNOME Keyring", "locked", "latchkey unlock");
      assertThat(status.out()).contains("GNOME Keyring", ", locked", "unknown");
    }
  }

  @Test
  void commandThatUnlocksShowsTheKeyringsDialogAndTheNextOneFindsItOpen() throws Exception {
    try (VirtualScreen screen = VirtualScreen.start();
        HeadlessKeyring keyring = HeadlessKeyring.start(home, screen)) {
      variables.put("DBUS_SESSION_BUS_ADDRESS", keyring.bus());
      server.approveNext(InProcessCli.ADELE);
      run("sign-in", "--no-browser").succeeded();
      keyring.lock();

      JarProcess refused = start("unlock");
      screen.answer(DIALOG, "", "Escape");
      CommandResult refusal = refused.finish();
      JarProcess unlocking = start("unlock", "--json");
      screen.answer(DIALOG, "pw", "Return");
      CommandResult unlocked = unlocking.finish().succeeded();

      assertThat(refusal.status()).isEqualTo(18);
      assertThat(refusal.err()).contains("Answer the keyring's dialog.", "latchkey unlock");
      assertThat(unlocked.event().get("event").getAsString()).isEqualTo("unlocked");
      assertThat(unlocked.event().get("store").getAsString()).contains("GNOME Keyring");
      assertThat(run("token").succeeded().out()).isNotBlank();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutAKeyringTheErrorSaysWhatToInstallAndNoStoreIsChosen() throws Exception {
    variables.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + directory.resolve("no-bus"));

    CommandResult result = run("sign-in", "--no-browser");

    assertThat(result.status()).isEqualTo(18);
    assertThat(result.err())
        .contains("no keyring", "dbus-run-session", "--store file:PATH", "--store memory");
    assertThat(result.err().lines()).hasSizeBetween(1, 3);
    assertThat(server.requests()).isEmpty();
  }

  private CommandResult run(String... args) throws Exception {
    return start(args).finish();
  }

  private JarProcess start(String... args) throws Exception {
    return JarProcess.start(directory, variables, List.of(args));
  }
}
