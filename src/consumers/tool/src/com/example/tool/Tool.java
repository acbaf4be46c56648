package com.example.tool;

import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.KeyringTokenStore;
import dev.latchkey.swing.AccountMenu;
import dev.latchkey.swing.SignInDialog;
import javax.swing.SwingUtilities;

/** A program for jpackage, with the keyring and the dialog's menu. There is neither a session bus nor a screen. */
public final class Tool {

  private Tool() {}

  public static void main(String[] arguments) throws Exception {
    PublicClient client =
        PublicClient.builder().authorizationServer(Entra.common()).clientId("tool").build();
    SwingUtilities.invokeAndWait(
        () -> {
          AccountMenu accounts = AccountMenu.of(SignInDialog.of(client));
          System.out.println("menu: " + (accounts.menu().getMenuComponentCount() > 0));
        });
    try (var store = KeyringTokenStore.open("com.example.tool")) {
      System.out.println("keyring: " + store.description());
    } catch (TokenStoreFailure e) {
      System.out.println("keyring: " + e.problem());
    }
  }
}
