package dev.latchkey.examples.quickstart;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;

/** Signs a person in with a code, and gets an access token. */
public final class FirstSignIn {

  private FirstSignIn() {}

  /** Blocks until the person has finished in the browser. */
  public static void main(String... args) {
    QuickstartSettings settings = QuickstartSettings.from(args);
    PublicClient client =
        PublicClient.builder()
            .authorizationServer(settings.server()) // or Entra.common()
            .clientId(settings.clientId())
            .scopes("User.Read")
            .build(); // sessions end with the process; KeyringSession keeps them

    SignIn signIn = client.beginSignIn();
    System.out.println("Open " + signIn.deviceAuthorization().verificationUri());
    System.out.println("and enter " + signIn.deviceAuthorization().userCode());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    Account account = signIn.await().account();
    System.out.println("Signed in as " + account.username());

    AccessToken token = client.tokens(account).get(); // call it before each request: it is free
    String header = "Bearer " + token.value();
    System.out.println(
        "Authorization header of " + header.length() + " characters, until " + token.expiresAt());
  }
}
