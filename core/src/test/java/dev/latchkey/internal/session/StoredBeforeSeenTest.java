package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.AccessToken;
import dev.latchkey.TokenSource;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingServer;
import dev.latchkey.fixture.ScriptedServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rotated refresh token is in the store before anyone sees its access token. */
class StoredBeforeSeenTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final RefreshRun run = new RefreshRun(server).signedIn();
  private final RotatingServer rotating = new RotatingServer();
  private final TokenSource tokens = run.tokens();

  @Test
  void newAccessTokenIsServedOnlyOnceItsRefreshTokenIsStored() throws Exception {
    Gate beforeTheSave = new Gate();
    server.answerBy(
        "/token",
        request ->
            rotating.apply(request).after(() -> run.store.before(Call.WRITE, beforeTheSave::pass)));
    run.time.advance(Duration.ofMinutes(56));
    AccessToken due = tokens.get();

    beforeTheSave.awaitArrival();
    AccessToken meanwhile = tokens.get();
    int heardMeanwhile = run.heard.lines().size();
    beforeTheSave.open();
    run.workers.awaitIdle();

    assertThat(meanwhile).isEqualTo(due);
    assertThat(heardMeanwhile).isZero();
    assertThat(tokens.get().value()).isEqualTo("access-1");
    assertThat(run.storedRefreshToken()).isEqualTo("refresh-1");
    assertThat(run.heard.lines()).containsExactly("refreshed access-1");
  }
}
