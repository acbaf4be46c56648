package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.store.MemoryTokenStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client at the scripted server with time of its own, and a sign-in that it runs to its end. */
final class SignInRun {

  static final String CLIENT_ID = "1406020730";

  final FakeTime time = new FakeTime();
  final MemoryTokenStore store = new MemoryTokenStore();

  private final PublicClient client;

  SignInRun(ScriptedServer server) {
    this(PublicClient.builder().authorizationServer(server.authorizationServer()));
  }

  SignInRun(PublicClientBuilder builder) {
    client = builder.clientId(CLIENT_ID).tokenStore(store).time(time).build();
  }

  PublicClient client() {
    return client;
  }

  List<Long> waits() {
    return time.waitsInSeconds();
  }

  /** Signs in; every wait is over as soon as it begins. */
  SignedIn toSuccess() {
    SignIn signIn = client.beginSignIn();
    finish(signIn);
    return signIn.await();
  }

  /** Fails to sign in, with this type and no other. */
  <T extends LatchkeyException> T toFailure(Class<T> type) {
    SignIn signIn = client.beginSignIn();
    finish(signIn);
    return failure(type, signIn);
  }

  /** Fails to begin one, with this type and no other. */
  <T extends LatchkeyException> T beginToFailure(Class<T> type) {
    return failure(type, client::beginSignIn);
  }

  static <T extends LatchkeyException> T failure(Class<T> type, SignIn signIn) {
    return failure(type, signIn::await);
  }

  static <T extends LatchkeyException> T failure(Class<T> type, ThrowingCallable call) {
    T failure = catchThrowableOfType(type, call);
    assertThat(failure).isExactlyInstanceOf(type);
    return failure;
  }

  /** Lets wait after wait pass until it is over. */
  void finish(SignIn signIn) {
    CompletableFuture<SignedIn> result = signIn.result();
    while (!result.isDone()) {
      time.finishNextWait(result);
    }
  }
}
