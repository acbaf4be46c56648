package dev.latchkey.interop.kill;

import dev.latchkey.AccessToken;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SignInResult;
import dev.latchkey.TokenSource;
import dev.latchkey.interop.contract.TokenProcess;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.net.URI;
import java.nio.file.Path;

/** A process that signs in and refreshes repeatedly until it is killed. */
final class SigningInForever {

  private static final int REFRESHES = 1_000;

  private SigningInForever() {}

  static PublicClient client(URI authorityHost, Path store) {
    return PublicClient.builder()
        .authorizationServer(Entra.common().authorityHost(authorityHost))
        .clientId("latchkey")
        .tokenStore(EncryptedFileTokenStore.open(store, TokenProcess.KEY.clone()))
        .build();
  }

  public static void main(String[] args) {
    PublicClient client = client(URI.create(args[0]), Path.of(args[1]));
    while (true) {
      System.out.println("signing in");
      SignInResult signedIn = client.beginSignIn().await();
      TokenSource tokens = client.tokens(signedIn.account());
      AccessToken token = signedIn.token();
      System.out.println("refreshing");
      for (int i = 0; i < REFRESHES; i++) {
        token = tokens.replace(token, null);
      }
    }
  }
}
