package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.PublicClient;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for a pause gets one, even from callers that begin sign-ins in a loop. */
class BusySignInTest {

  private static final String DISCOVERY = "/r/.well-known/openid-configuration";
  private static final Answer DEVICE = Answer.json(200, Body.device());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final SignInRun run = new SignInRun(server);
  private final SignInRun discovering =
      new SignInRun(
          PublicClient.builder()
              .authorizationServer(AuthorizationServer.discover(server.at("/r"))));

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void deviceEndpointIsNotAskedAgainBeforeItsTime(int status) {
    server.answer("/device", busy(status), DEVICE, DEVICE);

    List<Long> left = failuresInALoop(run);

    assertThat(left).containsExactly(60L, 50L, 40L, 30L, 20L, 10L);
    assertThat(server.requests("/device")).hasSize(1);
    assertThat(run.client().beginSignIn().cancel()).isTrue();
    assertThat(run.client().beginSignIn().cancel()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void metadataIsNotAskedForAgainBeforeItsTime(int status) {
    server.answer(DISCOVERY, busy(status), Answer.json(200, metadata()));
    server.answer("/device", DEVICE);

    List<Long> left = failuresInALoop(discovering);

    assertThat(left).containsExactly(60L, 50L, 40L, 30L, 20L, 10L);
    assertThat(server.requests(DISCOVERY)).hasSize(1);
    assertThat(discovering.client().beginSignIn().cancel()).isTrue();
  }

  @Test
  void throttlingWithoutRetryAfterLengthensThePauses() {
    server.answerAlways(DISCOVERY, Answer.page(429, "text/plain", "no"));

    List<@Nullable Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Duration pause = discovering.beginToFailure(Throttled.class).retryAfter();
      pauses.add(pause);
      discovering.time.advance(pause == null ? Duration.ZERO : pause);
    }

    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8));
  }

  @Test
  void serverThatIsDownWithoutRetryAfterMayBeTriedAgainAtOnce() {
    server.answer("/device", Answer.html(503), DEVICE);

    run.beginToFailure(ServiceUnavailable.class);

    assertThat(run.client().beginSignIn().cancel()).isTrue();
  }

  /** How many seconds were left at each of six attempts in a minute. */
  private static List<Long> failuresInALoop(SignInRun run) {
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      LatchkeyException failure =
          catchThrowableOfType(LatchkeyException.class, run.client()::beginSignIn);
      Duration wait =
          failure instanceof Throttled busy
              ? busy.retryAfter()
              : ((ServiceUnavailable) failure).retryAfter();
      left.add(wait == null ? -1 : wait.toSeconds());
      run.time.advance(Duration.ofSeconds(10));
    }
    return left;
  }

  private static Answer busy(int status) {
    return Answer.page(status, "text/plain", "no", "Retry-After: 60");
  }

  private Body metadata() {
    return new Body()
        .with("issuer", server.at("/r").toString())
        .with("device_authorization_endpoint", server.at("/device").toString())
        .with("token_endpoint", server.at("/token").toString());
  }
}
