package dev.latchkey.examples.quickstart;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.store.TokenStore;
import java.util.List;

/** Keeps the session in the keyring of the desktop: only the first run asks for a sign-in. */
public final class KeyringSession {

  private KeyringSession() {}

  /** Blocks at the first run until the person has finished in the browser. */
  public static void main(String... args) {
    QuickstartSettings settings = QuickstartSettings.from(args);
    try (TokenStore store = KeyringTokenStore.open("com.example.quickstart")) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(settings.server())
              .clientId(settings.clientId())
              .scopes("User.Read")
              .tokenStore(store)
              .build();

      List<Account> accounts = client.accounts();
      Account account = accounts.isEmpty() ? signIn(client) : accounts.get(0);
      AccessToken token = client.tokens(account).get();
      System.out.println(account.username() + " has a token from the " + token.source());
    } catch (TokenStoreFailure e) { // there is no keyring, or it is locked
      System.out.println(e.getMessage() + ". " + e.remedy());
    }
  }

  private static Account signIn(PublicClient client) {
    SignIn signIn = client.beginSignIn();
    System.out.println("Open " + signIn.deviceAuthorization().verificationUri());
    System.out.println("and enter " + signIn.deviceAuthorization().userCode());
    System.out.println("That code is for this screen only: enter none that you were sent.");
    return signIn.await().account();
  }
}
