package dev.latchkey.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.HeadlessKeyring;
import dev.latchkey.examples.fixture.JarProcess;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class KeyringSessionTest {

  private static final String ADELE = "adele@contoso.example";

  @TempDir Path home;
  private final FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Tag("daemons")
  void onlyTheFirstRunAsksForASignIn() throws Exception {
    try (HeadlessKeyring keyring = HeadlessKeyring.start(home)) {
      server.approveNext(ADELE);

      CommandResult first = run(keyring.bus()).succeeded();
      CommandResult second = run(keyring.bus()).succeeded();

      assertThat(first.out()).contains("and enter ", ADELE + " has a token");
      assertThat(second.out()).isEqualTo(ADELE + " has a token from the CACHE\n");
    }
  }

  @Test
  @Tag("processes")
  void withoutAKeyringTheRemedyIsPrinted() throws Exception {
    CommandResult result = run("unix:path=" + home.resolve("no-bus")).succeeded();

    assertThat(result.out()).contains("no keyring").doesNotContain("and enter ");
    assertThat(server.requests()).isEmpty();
  }

  private CommandResult run(String bus) throws Exception {
    Map<String, String> variables = new TreeMap<>();
    variables.put("LATCHKEY_CLIENT_ID", "quickstart");
    variables.put("LATCHKEY_AUTHORITY_HOST", server.baseUrl().toString());
    variables.put("HOME", home.toString());
    variables.put("DBUS_SESSION_BUS_ADDRESS", bus);
    return JarProcess.start(home, variables, KeyringSession.class).finish();
  }
}
