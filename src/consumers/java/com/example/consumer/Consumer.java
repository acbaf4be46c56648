package com.example.consumer;

import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.graph.GraphClient;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.swing.AccountMenu;
import dev.latchkey.swing.SignInDialog;
import dev.latchkey.testkit.FakeAuthorizationServer;
import java.time.Duration;
import javax.swing.SwingUtilities;

/**
 * Uses each module once. There is no session bus, so the keyring has to say that it is missing, and no screen, so no
 * dialog is shown.
 */
public final class Consumer {

  private Consumer() {}

  public static void main(String[] arguments) throws Exception {
    try (var server = FakeAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start()) {
      PublicClient client =
          PublicClient.builder()
              .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
              .clientId("consumer")
              .scopes("User.Read")
              .userAgent("Consumer/1")
              .build();
      server.approveNext("adele@contoso.example");
      Account account = client.beginSignIn().await().account();
      GraphClient graph =
          GraphClient.builder(client.tokens(account)).baseUrl(server.graph().url()).build();

      System.out.println("signed in: " + graph.me().displayName());
      SwingUtilities.invokeAndWait(
          () -> {
            AccountMenu accounts = AccountMenu.of(SignInDialog.of(client));
            System.out.println("menu: " + (accounts.menu().getMenuComponentCount() > 0));
          });
    }
    try (var store = KeyringTokenStore.open("com.example.consumer")) {
      System.out.println("keyring: " + store.description());
    } catch (TokenStoreFailure e) {
      System.out.println("keyring: " + e.problem());
    }
    Module module = PublicClient.class.getModule();
    System.out.println(
        "module: " + (module.isNamed() ? module.getDescriptor().toNameAndVersion() : "none"));
  }
}
