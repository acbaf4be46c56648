package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.latchkey.AccessToken;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.LogCapture;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrantedTokenTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).expired();

  @Test
  void scopesOfEachTokenAreLoggedAtDebug() {
    server.answer("/token", Answer.json(200, Body.tokens().with("scope", "profile Files.Read")));

    try (LogCapture log = new LogCapture()) {
      AccessToken token = run.tokens().get();

      assertThat(log.messages(Level.DEBUG))
          .contains(
              "scopes requested %s, granted %s, missing %s, extra %s"
                  .formatted(
                      token.scopes().requested(),
                      token.scopes().granted(),
                      token.scopes().missing(),
                      token.scopes().extra()));
      assertThat(token.scopes().missing()).contains("User.Read");
      assertThat(token.scopes().extra()).contains("Files.Read");
    }
  }
}
