package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.Entra;
import dev.latchkey.PublicClient;
import dev.latchkey.SessionListener;
import dev.latchkey.SignIn;
import dev.latchkey.TokenSource;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.Fault;
import dev.latchkey.testkit.Rotation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real daemon that fails after a refresh token was redeemed and before its successor is stored,
 * with a server that ends the session if a redeemed token is ever used again.
 */
@Tag("daemons")
@Timeout(180)
class RefreshOnFailingKeyringTest {

  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final Heard heard = new Heard();
  private DesktopSession session;
  private FakeAuthorizationServer server;
  private final List<KeyringTokenStore> opened = new ArrayList<>();
  private TokenSource tokens;

  @TempDir Path locks;

  @BeforeEach
  void signIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    server =
        FakeAuthorizationServer.builder()
            .settings(settings -> settings.rotation(Rotation.STRICT))
            .interval(Duration.ofSeconds(1))
            .start();
    PublicClient client = client(open());
    SignIn signIn = client.beginSignIn();
    server.approve(signIn.deviceAuthorization().userCode(), "adele@contoso.example");
    tokens = client.tokens(signIn.await().account());
  }

  @AfterEach
  void logOut() throws Exception {
    if (server != null) {
      server.close();
    }
    opened.forEach(KeyringTokenStore::close);
    if (session != null) {
      session.close();
    }
  }

  @Test
  void aKeyringLockedDuringARefreshLosesNothing() throws Exception {
    refreshWhile(session::lockGnomeKeyring);
    assertThat(heard.failure()).isInstanceOf(KeyringLocked.class);

    refreshWhile(() -> {}); // from memory
    session.unlockGnomeKeyring();

    heard.awaitRecovery();
    theNextProcessGoesOnAfter(2);
  }

  @Test
  void aDaemonKilledDuringARefreshLosesNothing() throws Exception {
    refreshWhile(() -> session.kill(session.daemon()));
    assertThat(heard.failure().problem()).isEqualTo(Problem.UNAVAILABLE);

    refreshWhile(() -> {});
    session.startGnomeKeyring();

    heard.awaitRecovery();
    theNextProcessGoesOnAfter(2);
  }

  @Test
  void aDaemonStoppedDuringARefreshLosesNothing() throws Exception {
    refreshWhile(() -> DesktopSession.signal(session.daemon(), "STOP"));
    assertThat(heard.failure().problem()).isEqualTo(Problem.TIMED_OUT);

    refreshWhile(() -> {});
    DesktopSession.signal(session.daemon(), "CONT");

    heard.awaitRecovery();
    theNextProcessGoesOnAfter(2);
  }

  @Test
  void aDaemonRestartedDuringARefreshIsNotNoticed() throws Exception {
    refreshWhile(
        () -> {
          session.kill(session.daemon());
          session.startGnomeKeyring();
        });

    assertThat(heard.failures).isEmpty();
    theNextProcessGoesOnAfter(1);
  }

  /** A token that cannot be stored is not requested: the refresh token stays valid. */
  @Test
  void aKeyringLockedBeforeARefreshFailsItBeforeTheTokenIsRedeemed() throws Exception {
    AccessToken old = tokens.get();
    session.lockGnomeKeyring();

    TokenStoreFailure failure =
        catchThrowableOfType(TokenStoreFailure.class, () -> tokens.replace(old, null));

    assertThat(failure).isInstanceOf(KeyringLocked.class);
    assertThat(server.redemptions()).isZero();
    session.unlockGnomeKeyring();
    theNextProcessGoesOnAfter(0);
  }

  private interface Event {
    void happen() throws Exception;
  }

  /** Refreshes; the event happens after the server redeemed the token and before it answers. */
  private void refreshWhile(Event event) throws Exception {
    AccessToken old = tokens.get();
    CountDownLatch spent = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    server.fail(Fault.rewrite(answer -> hold(answer, spent, mayAnswer)).toRefreshes());
    var refresh = CompletableFuture.supplyAsync(() -> tokens.replace(old, null));
    assertThat(spent.await(30, TimeUnit.SECONDS)).isTrue();

    event.happen();
    long start = System.nanoTime();
    mayAnswer.countDown();
    AccessToken fresh = refresh.get(60, TimeUnit.SECONDS);

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(fresh.value()).isNotEqualTo(old.value());
    assertThat(took).isLessThan(LIMIT.plus(SLACK));
  }

  private static String hold(String answer, CountDownLatch spent, CountDownLatch mayAnswer) {
    spent.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  /** It has what is stored, and nothing of what this process holds in memory. */
  private void theNextProcessGoesOnAfter(int redemptions) {
    assertThat(server.redemptions()).isEqualTo(redemptions);
    PublicClient other = client(open());
    Account account = other.accounts().get(0);
    TokenSource its = other.tokens(account);

    AccessToken fresh = its.replace(its.get(), null);

    assertThat(fresh.value()).isNotEmpty();
    assertThat(server.redemptions()).isEqualTo(redemptions + 1);
  }

  private KeyringTokenStore open() {
    KeyringTokenStore store =
        KeyringTokenStore.builder("com.example.app").lockDirectory(locks).callLimit(LIMIT).open();
    opened.add(store);
    return store;
  }

  private PublicClient client(KeyringTokenStore keyring) {
    return PublicClient.builder()
        .authorizationServer(Entra.common().authorityHost(server.baseUrl()))
        .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
        .scopes("User.Read")
        .tokenStore(keyring)
        .listener(heard)
        .build();
  }

  private static final class Heard implements SessionListener {
    final Queue<TokenStoreFailure> failures = new ConcurrentLinkedQueue<>();
    private final Semaphore failed = new Semaphore(0);
    private final Semaphore recovered = new Semaphore(0);

    @Override
    public void storeFailed(Account account, TokenStoreFailure failure) {
      failures.add(failure);
      failed.release();
    }

    @Override
    public void storeRecovered(Account account) {
      recovered.release();
    }

    TokenStoreFailure failure() throws InterruptedException {
      assertThat(failed.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      return failures.element();
    }

    void awaitRecovery() throws InterruptedException {
      assertThat(recovered.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
