package dev.latchkey.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.Account;
import dev.latchkey.AuthorizationServer;
import dev.latchkey.ClientSeams;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.fixture.Answer;
import dev.latchkey.fixture.Body;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.FaultyStore;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.Gate;
import dev.latchkey.fixture.OtherThread;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.SignInRun;
import dev.latchkey.fixture.Threads;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A person closes the dialog: the sign-in ends at once and leaves nothing behind. */
class CancelTest {

  private static final Answer DEVICE = Answer.json(200, Body.device());
  private static final Answer TOKENS = Answer.json(200, Body.tokens());

  @RegisterExtension final ScriptedServer server = new ScriptedServer();

  private final FaultyStore store = new FaultyStore(new MemoryTokenStore());
  private final FakeTime time = new FakeTime();
  private final PublicClient client =
      ClientSeams.builder(time)
          .authorizationServer(server.authorizationServer())
          .clientId(SignInRun.CLIENT_ID)
          .tokenStore(store)
          .build();

  @Test
  void cancelBeforeTheFirstPollPreventsEveryRequest() {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();

    boolean cancelled = signIn.cancel();

    assertThat(cancelled).isTrue();
    assertThat(time.pending()).isZero();
    time.advance(Duration.ofHours(1));
    SignInRun.failure(SignInCancelled.class, signIn);
    assertThat(server.requests("/token")).isEmpty();
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void secondCancelReturnsFalse() {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();

    List<Boolean> cancelled = List.of(signIn.cancel(), signIn.cancel(), signIn.cancel());

    assertThat(cancelled).containsExactly(true, false, false);
    SignInRun.failure(SignInCancelled.class, signIn);
  }

  @Test
  void everyCopyOfTheResultIsCancelled() {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();
    CompletableFuture<SignInResult> before = signIn.result();

    assertThat(signIn.cancel()).isTrue();

    for (CompletableFuture<SignInResult> copy : List.of(before, signIn.result())) {
      assertThatThrownBy(copy::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(SignInCancelled.class);
    }
  }

  @Test
  void continuationThatBlocksDoesNotHoldUpThoseOfOthers() throws InterruptedException {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();
    Gate blocking = new Gate();
    Gate before = new Gate();
    Gate after = new Gate();
    List<CompletableFuture<Void>> told =
        Stream.of(before, blocking, after)
            .map(gate -> signIn.result().handle((done, cancelled) -> passed(gate)))
            .toList();

    assertThat(signIn.cancel()).isTrue();

    blocking.awaitArrival();
    before.awaitArrival();
    after.awaitArrival();
    Stream.of(before, blocking, after).forEach(Gate::open);
    told.forEach(CompletableFuture::join);
  }

  private static @Nullable Void passed(Gate gate) {
    gate.pass();
    return null;
  }

  @Test
  void cancellingACopyOfTheResultCancelsTheCopyOnly() {
    server.answer("/device", DEVICE).answer("/token", TOKENS);
    SignIn signIn = client.beginSignIn();

    assertThat(signIn.result().cancel(true)).isTrue();

    time.finishNextWait();
    assertThat(signIn.await().token().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void cancelAbortsAHangingExchangeWithoutWaiting() throws InterruptedException {
    server.answer("/device", DEVICE).answer("/token", Answer.hang());
    SignIn signIn = client.beginSignIn();
    time.finishNextWait();
    server.awaitRequests("/token", 1);

    long waitsBefore = Threads.waitsOfThisThread();
    boolean cancelled = signIn.cancel();
    long waitsAfter = Threads.waitsOfThisThread();

    assertThat(cancelled).isTrue();
    assertThat(waitsAfter).as("times that this thread waited").isEqualTo(waitsBefore);
    server.awaitQuiet();
    SignInRun.failure(SignInCancelled.class, signIn);
    assertThat(time.pending()).isZero();
    time.advance(Duration.ofHours(1));
    assertThat(server.requests("/token")).hasSize(1);
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void cancelOfAHangingExchangeTakesLessThanATenthOfASecond() throws InterruptedException {
    List<Long> millis = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      server.answer("/device", DEVICE).answer("/token", Answer.hang());
      SignIn signIn = client.beginSignIn();
      time.finishNextWait();
      server.awaitRequests("/token", i);

      long start = System.nanoTime();
      assertThat(signIn.cancel()).isTrue();
      SignInRun.failure(SignInCancelled.class, signIn);
      millis.add((System.nanoTime() - start) / 1_000_000);
    }

    long median = millis.stream().sorted().skip(2).findFirst().orElseThrow();
    assertThat(median).as("a collector's pause may spoil one of %s", millis).isLessThan(100);
  }

  @Test
  void cancelledSignInsLeaveNoThreadBehind() throws InterruptedException {
    server.answer("/device", DEVICE).answer("/token", TOKENS); // so that the pools are there
    SignIn first = client.beginSignIn();
    time.finishNextWait();
    first.await();
    Threads before = Threads.now();

    server.answer("/device", DEVICE, DEVICE).answer("/token", Answer.hang());
    SignIn hung = client.beginSignIn();
    time.finishNextWait();
    server.awaitRequests("/token", 2);
    SignIn waiting = client.beginSignIn();
    assertThat(List.of(hung.cancel(), waiting.cancel())).containsOnly(true);

    before.assertNoneAdded();
  }

  @Test
  void signInThatIsBeingStoredCannotBeCancelled() throws InterruptedException {
    server.answer("/device", DEVICE).answer("/token", TOKENS);
    Gate gate = new Gate();
    store.before(Call.WRITE, gate::pass);
    SignIn signIn = client.beginSignIn();
    time.finishNextWait();
    gate.awaitArrival();

    boolean cancelled = signIn.cancel();
    gate.open();

    SignInResult signedIn = signIn.await();
    assertThat(cancelled).isFalse();
    assertThat(client.accounts()).containsExactly(signedIn.account());
  }

  @Test
  void cancelAfterTheEndChangesNothing() {
    server.answer("/device", DEVICE, DEVICE);
    server.answer("/token", TOKENS, Answer.error("access_denied"));
    SignIn approved = client.beginSignIn();
    time.finishNextWait();
    Account account = approved.await().account();
    SignIn declined = client.beginSignIn();
    time.finishNextWait();
    SignInRun.failure(SignInDeclined.class, declined);

    List<Boolean> cancelled = List.of(approved.cancel(), declined.cancel());

    assertThat(cancelled).containsExactly(false, false);
    assertThat(approved.await().account()).isEqualTo(account);
    assertThat(client.accounts()).containsExactly(account);
    SignInRun.failure(SignInDeclined.class, declined);
  }

  @Test
  void cancelLeavesTheAccountsAsTheyWere() {
    server.answer("/device", DEVICE, DEVICE).answer("/token", TOKENS);
    SignIn first = client.beginSignIn();
    time.finishNextWait();
    Account account = first.await().account();
    StoredRecord stored = store.read(account.id());

    SignIn second = client.beginSignIn();
    assertThat(second.cancel()).isTrue();

    assertThat(client.accounts()).containsExactly(account);
    assertThat(store.read(account.id())).isNotNull().isEqualTo(stored);
    assertThat(client.tokens(account).get().value()).isEqualTo(Body.ACCESS_TOKEN);
  }

  @Test
  void continuationOfTheResultMayCancel() {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();
    CompletableFuture<Boolean> again = signIn.result().handle((done, failure) -> signIn.cancel());

    assertThat(signIn.cancel()).isTrue();

    assertThat(again.join()).isFalse();
  }

  @Test
  void continuationOfTheResultMayBlock() throws InterruptedException {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();
    Gate gate = new Gate();
    OtherThread awaiting =
        OtherThread.running(() -> SignInRun.failure(SignInCancelled.class, signIn));
    CompletableFuture<Thread> followed =
        signIn
            .result()
            .handle(
                (done, failure) -> {
                  gate.pass();
                  return Thread.currentThread();
                });

    boolean cancelled = signIn.cancel();
    gate.awaitArrival();
    SignInRun.failure(SignInCancelled.class, signIn);
    awaiting.join();
    boolean before = followed.isDone();
    gate.open();

    assertThat(cancelled).isTrue();
    assertThat(before).isFalse();
    assertThat(followed.join()).isNotSameAs(Thread.currentThread()).matches(Thread::isDaemon);
  }

  @RepeatedTest(20)
  void cancelAtTheMomentOfAPollLeavesNoRequestBehind() throws InterruptedException {
    server.answer("/device", DEVICE).answerAlways("/token", Answer.hang());
    SignIn signIn = client.beginSignIn();
    CompletableFuture<Void> poll =
        CompletableFuture.runAsync(() -> time.advance(Duration.ofSeconds(5)));

    boolean cancelled = signIn.cancel();

    poll.join();
    assertThat(cancelled).isTrue();
    server.awaitQuiet();
    assertThat(time.pending()).isZero();
    SignInRun.failure(SignInCancelled.class, signIn);
  }

  @Test
  void interruptOfAwaitCancels() throws InterruptedException {
    server.answer("/device", DEVICE).answer("/token", Answer.hang());
    SignIn signIn = client.beginSignIn();
    time.finishNextWait();
    server.awaitRequests("/token", 1);

    Thread.currentThread().interrupt();
    SignInCancelled failure = SignInRun.failure(SignInCancelled.class, signIn);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasMessageContaining("interrupted");
    server.awaitQuiet();
    assertThat(time.pending()).isZero();
    assertThat(store.keys()).isEmpty();
  }

  @Test
  void interruptWhileTheSessionIsStoredStillReturnsTheAccount() throws InterruptedException {
    server.answer("/device", DEVICE).answer("/token", TOKENS);
    Gate gate = new Gate();
    store.before(Call.WRITE, gate::pass);
    SignIn signIn = client.beginSignIn();
    time.finishNextWait();
    gate.awaitArrival();

    Thread here = Thread.currentThread();
    here.interrupt();
    OtherThread opener = OtherThread.running(() -> Threads.onceWaiting(here, gate::open));
    SignInResult signedIn = signIn.await();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(client.accounts()).containsExactly(signedIn.account());
    opener.join();
  }

  @Test
  void interruptAfterTheEndCancelsNothing() {
    server.answer("/device", DEVICE).answer("/token", TOKENS);
    SignIn signIn = client.beginSignIn();
    time.finishNextWait();
    SignInResult signedIn = signIn.await();

    Thread.currentThread().interrupt();
    SignInResult again = signIn.await();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(again).isEqualTo(signedIn);
  }

  @Test
  void interruptOfBeginSignInAbortsItsRequest() throws InterruptedException {
    server.answer("/device", Answer.hang());
    OtherThread begun =
        OtherThread.running(() -> SignInRun.failure(SignInCancelled.class, client::beginSignIn));
    server.awaitRequests("/device", 1);

    begun.interrupt();

    begun.join();
    server.awaitQuiet();
    assertThat(time.waits()).isEmpty();
  }

  @Test
  void codeThatArrivesAfterTheInterruptIsNotPolled() throws InterruptedException {
    server.answerAlways("/device", DEVICE); // the request may be aborted before it leaves
    Thread.currentThread().interrupt();

    SignInRun.failure(SignInCancelled.class, client::beginSignIn);

    assertThat(Thread.interrupted()).isTrue();
    server.awaitQuiet();
    time.awaitNothingPending();
  }

  @Test
  void interruptAtTheMomentThatTheCodeArrivesLeavesNothingWaiting() throws InterruptedException {
    server.answer("/device", DEVICE);
    Gate gate = new Gate();
    PublicClient interrupted =
        ClientSeams.builder(time.holdingWaitsAt(gate))
            .authorizationServer(server.authorizationServer())
            .clientId(SignInRun.CLIENT_ID)
            .build();
    OtherThread begun =
        OtherThread.running(
            () -> SignInRun.failure(SignInCancelled.class, interrupted::beginSignIn));
    gate.awaitArrival();

    begun.interrupt();
    begun.join();
    gate.open();

    time.awaitWaits(1);
    time.awaitNothingPending();
  }

  @Test
  void interruptDuringDiscoveryPreventsTheDeviceRequest() throws InterruptedException {
    Gate gate = new Gate();
    Body metadata =
        new Body()
            .with("issuer", server.at("/issuer").toString())
            .with("device_authorization_endpoint", server.at("/device").toString())
            .with("token_endpoint", server.at("/token").toString());
    server.answer(
        "/issuer/.well-known/openid-configuration", Answer.json(200, metadata).after(gate::pass));
    PublicClient discovering =
        ClientSeams.builder(time)
            .authorizationServer(AuthorizationServer.discover(server.at("/issuer")))
            .clientId(SignInRun.CLIENT_ID)
            .build();
    OtherThread begun =
        OtherThread.running(
            () -> SignInRun.failure(SignInCancelled.class, discovering::beginSignIn));
    gate.awaitArrival();
    begun.interrupt();
    begun.join();
    gate.open();
    server.awaitQuiet();

    server.answer("/device", DEVICE); // for the next one, which needs no discovery
    SignIn next = discovering.beginSignIn();

    assertThat(server.requests("/device")).hasSize(1);
    assertThat(next.cancel()).isTrue();
    assertThat(time.waits()).hasSize(1);
  }

  @Test
  void callerSeesSignInCancelledAndNotTheCancelledFuture() {
    server.answer("/device", DEVICE);
    SignIn signIn = client.beginSignIn();

    assertThat(signIn.cancel()).isTrue();

    assertThatThrownBy(signIn::await).isNotInstanceOf(CancellationException.class);
  }
}
