package dev.latchkey.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.SignInDeclined;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The example in the Javadoc of {@link FakeAuthorizationServer}, with the dialog that it leaves
 * out.
 */
class SignInDialogTest {
  FakeAuthorizationServer server =
      FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start();

  SignInDialog dialog =
      new SignInDialog(
          PublicClient.builder()
              .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
              .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
              .scopes("User.Read")
              .build());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void showsTheCodeAndThenWhoIsSignedIn() {
    dialog.open();
    server.approve(dialog.shownCode(), "adele@contoso.example");

    assertEquals("Signed in as Adele Vance", dialog.awaitOutcome());
  }

  @Test
  void saysThatTheUserDeclined() {
    server.declineNext();
    dialog.open();

    assertEquals("You declined. Try again?", dialog.awaitOutcome());
  }

  @Test
  void retriesAfterAnOutage() {
    server.approveNext("adele@contoso.example");
    server.fail(Fault.status(503).toPolls(), Fault.drop().toPolls());
    dialog.open();

    assertEquals("Signed in as Adele Vance", dialog.awaitOutcome());
  }

  private static final class SignInDialog {
    private final PublicClient client;
    private @Nullable SignIn signIn;

    SignInDialog(PublicClient client) {
      this.client = client;
    }

    void open() {
      signIn = client.beginSignIn();
    }

    String shownCode() {
      return Objects.requireNonNull(signIn).deviceAuthorization().userCode();
    }

    String awaitOutcome() {
      try {
        return "Signed in as " + Objects.requireNonNull(signIn).await().account().name();
      } catch (SignInDeclined declined) {
        return "You declined. Try again?";
      }
    }
  }
}
