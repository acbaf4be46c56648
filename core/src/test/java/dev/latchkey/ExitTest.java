package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.Program;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program that forgets its sign-in still exits when {@code main} returns. */
@Tag("processes")
class ExitTest {

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  /** Begins a sign-in and forgets it; returns from main when its standard input ends. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] arguments) throws IOException {
      URI base = URI.create(arguments[0]);
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(
                  AuthorizationServer.of(
                      null, base.resolve("/device"), base.resolve("/token"), null))
              .clientId(SignInRun.CLIENT_ID)
              .build();
      SignIn signIn = client.beginSignIn();
      System.out.println("begun: " + signIn.deviceAuthorization().userCode());
      System.in.transferTo(System.out);
    }
  }

  @Test
  void programEndsAlthoughAPollHangs() throws Exception {
    server
        .answer("/device", Answer.json(200, Body.device().with("interval", 1)))
        .answer("/token", Answer.hang());

    try (Program program = Program.start(Forgetful.class, "-ea", server.at("/"))) {
      server.awaitRequests("/token", 1);
      program.endInput();

      assertThat(program.awaitEnd()).contains("begun: WDJB-MJHT");
    }
    server.awaitQuiet();
  }
}
