package dev.latchkey.examples.quickstart;

import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.LatchkeyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Signs in and gets a token without blocking a thread, as a program with a window has to. */
public final class AsyncSignIn {

  private AsyncSignIn() {}

  /** Only the last line blocks; a program with a window has none such. */
  public static void main(String... args) {
    QuickstartSettings settings = QuickstartSettings.from(args);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(settings.server())
            .clientId(settings.clientId())
            .scopes("User.Read")
            .build();

    CompletableFuture<Void> done =
        client
            .beginSignInAsync()
            .thenApply(AsyncSignIn::shown) // a program with a window does this on its thread
            .thenCompose(SignIn::result)
            .thenCompose(result -> client.tokens(result.account()).getAsync())
            .thenAccept(token -> System.out.println("A token until " + token.expiresAt()));

    try {
      done.join();
    } catch (CompletionException e) { // every stage after the first wraps what failed
      System.out.println(e.getCause() instanceof LatchkeyException typed ? text(typed) : e);
    }
  }

  private static String text(LatchkeyException failure) {
    String remedy = failure.remedy();
    return failure.getMessage() + (remedy == null ? "" : "\n" + remedy);
  }

  private static SignIn shown(SignIn signIn) {
    System.out.println(signIn.deviceAuthorization().instructions());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    return signIn;
  }
}
