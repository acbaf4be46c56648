package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program that forgets to close anything still exits when {@code main} returns. */
class ExitTest {

  private static final Body DEVICE = Body.device().with("interval", 1);

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
      if (arguments.length > 1) {
        SignedIn signedIn = signIn.await();
        AccessToken token = client.tokens(signedIn.account()).get();
        System.out.println("signed in until " + token.expiresAt());
      }
      System.in.transferTo(System.out);
    }
  }

  @Test
  void programEndsThoughASignInWaits() throws Exception {
    server.answer("/device", Answer.json(200, Body.device().with("interval", 300)));

    try (Program program = Program.start(Forgetful.class, "-ea", server.at("/"))) {
      program.endInput();

      assertThat(program.awaitEnd()).contains("begun: WDJB-MJHT");
    }
    assertThat(server.requests("/token")).isEmpty();
  }

  @Test
  void programEndsThoughAPollHangs() throws Exception {
    server.answer("/device", Answer.json(200, DEVICE)).answer("/token", Answer.hang());

    try (Program program = Program.start(Forgetful.class, "-ea", server.at("/"))) {
      server.awaitRequests("/token", 1);
      program.endInput();

      assertThat(program.awaitEnd()).contains("begun: WDJB-MJHT");
    }
    server.awaitQuiet();
  }

  @Test
  void programEndsThoughASessionIsOpen() throws Exception {
    server.answer("/device", Answer.json(200, DEVICE));
    server.answer("/token", Answer.json(200, Body.tokens()));

    try (Program program = Program.start(Forgetful.class, "-ea", server.at("/"), "await")) {
      program.endInput();

      assertThat(program.awaitEnd()).contains("signed in until");
    }
  }
}
