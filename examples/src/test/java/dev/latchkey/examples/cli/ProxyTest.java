package dev.latchkey.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.CommandResult;
import dev.latchkey.examples.fixture.InProcessCli;
import dev.latchkey.examples.fixture.RefusingProxy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {

  private static final String HOST = "login.example";

  @TempDir Path directory;
  private InProcessCli cli;

  @BeforeEach
  void start() {
    cli = InProcessCli.start(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void serverIsReachedThroughTheProxyOfTheEnvironment() throws Exception {
    try (RefusingProxy proxy = new RefusingProxy()) {
      cli.variables.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());

      CommandResult result = cli.run("sign-in", "--json", "--issuer", "https://" + HOST);

      assertThat(proxy.lines()).contains("CONNECT " + HOST + ":443 HTTP/1.1");
      assertThat(result.status()).isEqualTo(16);
      assertThat(result.event().get("remedy").getAsString()).contains("operator of the proxy");
    }
  }

  @Test
  void graphIsReachedThroughTheProxyOfTheEnvironment() throws Exception {
    cli.signIn(InProcessCli.ADELE, "--scope", "User.Read");
    try (RefusingProxy proxy = new RefusingProxy()) {
      cli.variables.put("https_proxy", "http://127.0.0.1:" + proxy.port());
      cli.variables.put("NO_PROXY", "other.example");

      InProcessCli.Running running =
          cli.begin("graph", "me", "--json", "--graph-url", "https://graph.example/v1.0");
      CommandResult result = running.finish();

      assertThat(proxy.lines()).contains("CONNECT graph.example:443 HTTP/1.1");
      assertThat(proxy.lines()).noneMatch(line -> line.startsWith("Authorization"));
      assertThat(result.status()).isEqualTo(16);
    }
  }

  @Test
  void invalidProxyIsWrongUsageAndNotQuoted() throws Exception {
    cli.variables.put("HTTPS_PROXY", "socks5://ann:hunter2@proxy.example");

    CommandResult result = cli.run("token", "-vv");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("HTTPS_PROXY must be http://")
        .doesNotContain("hunter2", "proxy.example");
  }
}
