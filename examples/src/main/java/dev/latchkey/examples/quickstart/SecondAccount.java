package dev.latchkey.examples.quickstart;

import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import java.util.List;

/** Signs in two accounts of one app. Each keeps its own session and its own tokens. */
public final class SecondAccount {

  private SecondAccount() {}

  /** Blocks until both people have finished in the browser. */
  public static void main(String... args) {
    QuickstartSettings settings = QuickstartSettings.from(args);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(settings.server())
            .clientId(settings.clientId())
            .scopes("User.Read")
            .build();

    Account first = signIn(client);
    Account second = signIn(client);

    for (Account account : client.accounts()) {
      String name = settings.graph(client.tokens(account)).me().userPrincipalName();
      System.out.println("Signed in: " + name);
    }
    client.signOut(first);
    System.out.println("Still signed in: " + client.accounts().equals(List.of(second)));
  }

  private static Account signIn(PublicClient client) {
    SignIn signIn = client.beginSignIn();
    System.out.println("Open " + signIn.deviceAuthorization().verificationUri());
    System.out.println("and enter " + signIn.deviceAuthorization().userCode());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    return signIn.await().account();
  }
}
