package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application may fill the JDK's common pool; nothing in this library may wait for it. */
class FullCommonPoolTest {

  private static final String PROCESSORS = "-Djava.util.concurrent.ForkJoinPool.common.parallelism";

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  /** Blocks all threads of its common pool for good, then signs in and refreshes. */
  static final class Busy {
    private Busy() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 64; i++) {
        ForkJoinPool.commonPool().execute(Busy::block);
      }
      URI base = URI.create(arguments[0]);
      FakeTime time = new FakeTime();
      PublicClient client =
          ClientSeams.builder(time)
              .authorizationServer(AuthorizationServer.discover(base))
              .clientId(SignInRun.CLIENT_ID)
              .build();
      SignIn signIn = client.beginSignIn();
      System.out.println("began " + signIn.deviceAuthorization().userCode());
      time.finishNextWait();
      TokenSource tokens = client.tokens(signIn.await().account());
      System.out.println("signed in " + tokens.get().value());
      time.advance(Duration.ofHours(2));
      System.out.println("refreshed " + tokens.get().value());
    }

    private static void block() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void programThatFillsTheCommonPoolSignsInAndRefreshes() throws Exception {
    String issuer = server.at("").toString();
    Body metadata =
        new Body()
            .with("issuer", issuer)
            .with("device_authorization_endpoint", issuer + "/device")
            .with("token_endpoint", issuer + "/token");
    server.answer("/.well-known/openid-configuration", Answer.json(200, metadata));
    server.answer("/device", Answer.json(200, Body.device()));
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "first")));
    server.answer("/token", Answer.json(200, Body.tokens().with("access_token", "second")));

    try (Program program = Program.start(Busy.class, PROCESSORS + "=3", issuer)) {
      String printed = program.awaitEnd();

      assertThat(printed).contains("began WDJB-MJHT", "signed in first", "refreshed second");
    }
  }
}
