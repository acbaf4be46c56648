package dev.latchkey.interop.contract;

import dev.latchkey.AuthorizationServer;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.interop.fixture.EndUser;
import dev.latchkey.store.TokenStore;
import java.util.concurrent.CompletableFuture;

/** Signs in with Latchkey as an application would. */
public final class LatchkeySignIn {

  private LatchkeySignIn() {}

  public static PublicClient client(RealServer server, TokenStore store) {
    return PublicClient.builder()
        .authorizationServer(AuthorizationServer.discover(server.issuer()))
        .clientId(server.clientId())
        .tokenStore(store)
        .build();
  }

  /** Signs in a user who approves while the client waits. */
  public static SignInResult signIn(PublicClient client, EndUser person) {
    return approve(client.beginSignIn(), person);
  }

  public static SignInResult approve(SignIn signIn, EndUser person) {
    DeviceAuthorization shown = signIn.deviceAuthorization();
    CompletableFuture<Void> approval =
        CompletableFuture.runAsync(() -> person.approve(shown.verificationUri(), shown.userCode()));
    CompletableFuture<Void> told =
        approval.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                signIn.cancel(); // otherwise it waits until the code expires
              }
            });
    try {
      SignInResult signedIn = signIn.await();
      told.join();
      return signedIn;
    } catch (SignInCancelled e) {
      told.join();
      throw e;
    }
  }
}
