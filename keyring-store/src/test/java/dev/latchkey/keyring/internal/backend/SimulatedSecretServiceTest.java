package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.KeyringLocked;
import dev.latchkey.keyring.fixture.AskingSecretService;
import dev.latchkey.keyring.fixture.AskingSecretService.Answer;
import dev.latchkey.keyring.internal.backend.SecretService.Habits;
import dev.latchkey.keyring.internal.worker.KeyringWorker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A real bus, and a Secret Service that changes while it is used. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SimulatedSecretServiceTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String PROGRAM = "com.example.app";
  private static final String FRONT = AskingSecretService.FRONT;
  private static final String BACK = AskingSecretService.BACK;

  @AutoClose private AskingSecretService keyring;
  @AutoClose private SecretServiceHost host;

  @BeforeEach
  void logIn() throws Exception {
    keyring = AskingSecretService.start();
    host = new SecretServiceHost(LIMIT);
  }

  @Test
  void theOpenWalletIsTheOneThatTheDefaultCollectionStandsFor() throws Exception {
    keyring.answerForKWallet("network");
    try (SessionBus bus = SessionBus.connect(LIMIT)) {
      String owner = String.valueOf(bus.owner(SessionBusHost.SECRETS));
      SecretService service = new SecretService(bus, owner, ServiceName.KWALLET, new Habits());

      assertThat(KWalletDaemon.of(service).map(KWalletDaemon::isOpen)).contains(true);
    }
  }

  /** As its remedy says: let it ask with unlock(). */
  @Test
  void afterUnlockADeletionMayAskAgain() throws Exception {
    host = new SecretServiceHost(Duration.ofMillis(600));
    keyring.answerPrompts(Answer.NONE);
    String item = keyring.put(FRONT, PROGRAM, false);
    KeyringWorker worker =
        new KeyringWorker(() -> host, PROGRAM, LIMIT, Duration.ofSeconds(30), Time.system());
    assertThat(worker.isLocked()).isFalse();
    SecretCollection collection = new SecretCollection(host.service(), FRONT);
    for (int tries = 0; tries < 2; tries++) {
      assertThat(
              catchThrowableOfType(TokenStoreFailure.class, () -> collection.delete(item))
                  .problem())
          .isEqualTo(Problem.CONFIRMATION_NEEDED);
    }

    worker.unlock(LIMIT);
    keyring.answerPrompts(Answer.DONE);
    collection.delete(item);

    worker.disconnect();
    assertThat(keyring.heard()).containsExactly("prompt NONE", "prompt DONE");
  }

  /** KeePassXC locks itself, and then finds nothing. */
  @Test
  void aKeyringThatLockedItselfMeanwhileIsNotEmpty() {
    assertThat(host.probe(PROGRAM)).isNotEmpty();
    host.confirmAbsent(PROGRAM);

    keyring.lock(FRONT);

    assertThat(catchThrowable(() -> host.confirmAbsent(PROGRAM))).isInstanceOf(KeyringLocked.class);
  }

  @Test
  void thePersonIsNotWaitedForOnceTheServiceIsGone() throws Exception {
    assertEndsWith(keyring::end);
  }

  @Test
  void thePersonIsNotWaitedForOnceTheBusIsGone() throws Exception {
    assertEndsWith(keyring::endBus);
  }

  private interface Step {
    void run() throws Exception;
  }

  private void assertEndsWith(Step end) throws Exception {
    keyring.put(FRONT, PROGRAM, true);
    keyring.answerPrompts(Answer.NONE);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () ->
                failure.complete(catchThrowable(() -> host.unlock(PROGRAM, Duration.ofHours(1)))));
    asking.setDaemon(true);
    asking.start();
    while (!waitsForThePerson(asking)) {
      Thread.onSpinWait();
    }

    end.run();

    assertThat(failure.get())
        .isInstanceOf(IllegalStateException.class) // which makes the caller connect again
        .hasMessageContaining("ended before its prompt");
  }

  private boolean waitsForThePerson(Thread asking) {
    return keyring.heard().contains("prompt NONE")
        && asking.getState() == Thread.State.TIMED_WAITING
        && Arrays.stream(asking.getStackTrace())
            .noneMatch(frame -> frame.getMethodName().equals("ask"));
  }

  /** KeePassXC would show its dialog if no database were open. */
  @Test
  void noSearchGoesToTheServiceAsAWhole() throws Exception {
    keyring.put(BACK, PROGRAM, true);

    assertThat(host.isLocked(PROGRAM)).isTrue();
    assertThat(host.probe("another")).isNotEmpty();

    assertThat(keyring.heard()).isEmpty();
  }

  @Test
  void withoutAnOpenDatabaseThePersonIsSentToKeePassXc() throws Exception {
    keyring.callItself("org.keepassxc.KeePassXC.MainWindow");
    keyring.bringToFront(SecretPrompt.NONE);

    TokenStoreFailure failure =
        catchThrowableOfType(TokenStoreFailure.class, () -> host.probe(PROGRAM));

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure.remedy()).contains("Open one in KeePassXC").doesNotContain("Seahorse");
    assertThat(keyring.heard()).isEmpty();
  }

  /** The head of a record must not go to another database than its pieces. */
  @Test
  void anotherTabInFrontDoesNotMoveTheEntriesOfAnOpenConnection() {
    assertThat(host.probe(PROGRAM)).isNotEmpty();

    keyring.bringToFront(BACK);
    keyring.lock(BACK);

    assertThat(host.probe(PROGRAM)).isNotEmpty();
  }

  /** Behind xdg-dbus-proxy the process is that of the proxy; here it is Java's. */
  @Test
  void theNameOnTheBusTellsMoreThanTheProcess() throws Exception {
    keyring.callItself("org.keepassxc.KeePassXC.MainWindow");

    assertThat(host.probe(PROGRAM)).isNotEmpty();

    assertThat(host.name()).isEqualTo("KeePassXC");
    assertThat(host.service().holding(Map.of("service", PROGRAM))).isEmpty();
  }
}
