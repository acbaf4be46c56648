package dev.latchkey.examples.quickstart;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.graph.GraphClient;

/** Signs in again when Graph asks for more than the session can give, such as a second factor. */
public final class ChallengedSignIn {

  private ChallengedSignIn() {}

  /** Blocks until the person has finished in the browser, as often as that is needed. */
  public static void main(String... args) {
    QuickstartSettings settings = QuickstartSettings.from(args);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(settings.server())
            .clientId(settings.clientId())
            .clientCapabilities("cp1") // tells the server that this app handles challenges
            .scopes("User.Read")
            .build();
    Account account = finish(client.beginSignIn());
    GraphClient graph = settings.graph(client.tokens(account));

    String name;
    try {
      name = graph.me().displayName();
    } catch (SignInRequired why) { // also after a revocation or a change of password
      System.out.println("Signing in again: " + why.getMessage());
      finish(client.beginSignIn(why)); // carries the claims and the account
      name = graph.me().displayName();
    }
    System.out.println("Hello, " + name);
  }

  private static Account finish(SignIn signIn) {
    System.out.println("Open " + signIn.deviceAuthorization().verificationUri());
    System.out.println("and enter " + signIn.deviceAuthorization().userCode());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    return signIn.await().account();
  }
}
