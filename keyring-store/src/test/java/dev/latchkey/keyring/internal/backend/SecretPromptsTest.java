package dev.latchkey.keyring.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.KeyringLocked;
import dev.latchkey.keyring.fixture.AskingSecretService;
import dev.latchkey.keyring.fixture.AskingSecretService.Answer;
import dev.latchkey.keyring.internal.backend.SecretService.Habits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.freedesktop.dbus.ObjectPath;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real bus, and a service that answers with a prompt where others just do what they are asked.
 */
@Tag("daemons")
@Timeout(60)
class SecretPromptsTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final EncryptedSecret SECRET =
      new EncryptedSecret(new ObjectPath("", "/session/none"), new byte[0], new byte[] {1});
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
  void promptsThatNeedNoDialogAreFollowed() throws Exception {
    String item = keyring.put(FRONT, PROGRAM, false);
    try (SessionBus bus = SessionBus.connect(LIMIT)) {
      SecretCollection collection = collection(bus);

      collection.create("label", Map.of("service", PROGRAM), SECRET);
      collection.replace(item, SECRET);
      collection.delete(item);

      assertThat(collection.search(Map.of("service", PROGRAM))).isEmpty();
      assertThat(collection.search(Map.of("service", "created"))).hasSize(1);
      assertThat(keyring.heard()).containsExactly("prompt DONE", "set", "prompt DONE");
    }
  }

  @Test
  void refusedPromptIsReportedAsAKeyringThatAsks() throws Exception {
    keyring.answerPrompts(Answer.REFUSED);
    String item = keyring.put(FRONT, PROGRAM, false);
    try (SessionBus bus = SessionBus.connect(LIMIT)) {
      SecretCollection collection = collection(bus);

      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> collection.create("label", Map.of(), SECRET), () -> collection.delete(item))) {
        assertThat(failure(call).problem()).isEqualTo(Problem.CONFIRMATION_NEEDED);
      }
    }
  }

  /** The question stays on the screen; a second one beside it would help nobody. */
  @Test
  void deletionThatAsksIsNotAskedForTwice() throws Exception {
    keyring.answerPrompts(Answer.NONE);
    String item = keyring.put(FRONT, PROGRAM, false);
    try (SessionBus bus = SessionBus.connect(Duration.ofMillis(600))) {
      SecretCollection collection = collection(bus);

      for (int tries = 0; tries < 3; tries++) {
        TokenStoreFailure failure = failure(() -> collection.delete(item));
        assertThat(failure.problem()).isEqualTo(Problem.CONFIRMATION_NEEDED);
        assertThat(failure.remedy()).contains("KeyringTokenStore.unlock()");
      }

      assertThat(keyring.heard()).containsExactly("prompt NONE");
    }
  }

  @Test
  void creationThatAsksIsDismissed() throws Exception {
    keyring.answerPrompts(Answer.NONE);
    try (SessionBus bus = SessionBus.connect(Duration.ofMillis(600))) {
      SecretCollection collection = collection(bus);

      TokenStoreFailure failure = failure(() -> collection.create("label", Map.of(), SECRET));

      assertThat(failure.problem()).isEqualTo(Problem.CONFIRMATION_NEEDED);
      assertThat(keyring.heard()).containsExactly("prompt NONE", "dismiss");
    }
  }

  @Test
  void unlockCoversTheItemsOfTheProgramAndNoOthers() throws Exception {
    keyring.put(FRONT, PROGRAM, true);
    keyring.put(FRONT, PROGRAM, true);
    keyring.put(FRONT, PROGRAM, false);
    keyring.put(FRONT, "another", true);
    assertThat(host.probe(PROGRAM)).isNotEmpty();
    assertThat(host.isLocked(PROGRAM)).isTrue();

    host.unlock(PROGRAM, PATIENCE);

    assertThat(host.isLocked(PROGRAM)).isFalse();
    assertThat(host.isLocked("another")).isTrue();
    assertThat(keyring.heard()).containsExactly("unlock 2", "prompt DONE");
    assertThat(host.staysOpen()).as("the permission belongs to this connection").isTrue();
  }

  @Test
  void unlockAsksForTheCollectionAndThenForItsItems() throws Exception {
    keyring.put(FRONT, PROGRAM, true);
    keyring.lock(FRONT);

    host.unlock(PROGRAM, PATIENCE);

    assertThat(host.isLocked(PROGRAM)).isFalse();
    assertThat(keyring.heard())
        .containsExactly("unlock 1", "prompt DONE", "unlock 1", "prompt DONE");
  }

  @Test
  void refusalIsReportedAsLockedAndAsksNothingMore() throws Exception {
    keyring.put(FRONT, PROGRAM, true);
    keyring.answerPrompts(Answer.REFUSED);

    assertThat(failure(() -> host.unlock(PROGRAM, PATIENCE))).isInstanceOf(KeyringLocked.class);

    assertThat(keyring.heard()).containsExactly("unlock 1", "prompt REFUSED");
  }

  @Test
  void dialogOfItemsIsRemovedWhenTheTimeIsUpAndWhenTheCallIsInterrupted() throws Exception {
    keyring.put(FRONT, PROGRAM, true);
    keyring.answerPrompts(Answer.NONE);

    TokenStoreFailure late = failure(() -> host.unlock(PROGRAM, Duration.ofMillis(50)));
    CompletableFuture<TokenStoreFailure> interrupted = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> interrupted.complete(failure(() -> host.unlock(PROGRAM, Duration.ofHours(1)))));
    asking.start();
    while (keyring.heard().size() < 5 || !waitsForThePerson(asking)) {
      Thread.onSpinWait();
    }
    asking.interrupt();

    assertThat(late.problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(interrupted.get().problem()).isEqualTo(Problem.TIMED_OUT);
    assertThat(keyring.heard())
        .containsExactly(
            "unlock 1", "prompt NONE", "dismiss", "unlock 1", "prompt NONE", "dismiss");
  }

  @Test
  void dialogIsRemovedAlthoughTheCallThatOpenedItIsNotAnswered() throws Exception {
    keyring.put(FRONT, PROGRAM, true);
    keyring.answerPrompts(Answer.SILENT);
    CompletableFuture<TokenStoreFailure> interrupted = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> interrupted.complete(failure(() -> host.unlock(PROGRAM, Duration.ofHours(1)))));
    asking.start();
    while (keyring.heard().size() < 2 || !waitsForThePerson(asking)) {
      Thread.onSpinWait();
    }

    asking.interrupt();

    assertThat(interrupted.get().problem()).isEqualTo(Problem.TIMED_OUT);
    while (keyring.heard().size() < 3) {
      Thread.onSpinWait();
    }
    assertThat(keyring.heard()).containsExactly("unlock 1", "prompt SILENT", "dismiss");
  }

  /** KeePassXC's default collection is the tab in front. */
  @Test
  void entriesInAnotherThanTheDefaultCollectionAreFound() throws Exception {
    keyring.put(BACK, PROGRAM, true);

    assertThat(host.isLocked(PROGRAM)).isTrue();
    keyring.lock(BACK);
    assertThat(failure(() -> host.probe(PROGRAM))).isInstanceOf(KeyringLocked.class);
    assertThat(host.probe("another")).isNotEmpty();
  }

  @Test
  void entriesOfTheDefaultCollectionCountMoreThanThoseElsewhere() throws Exception {
    keyring.put(FRONT, PROGRAM, false);
    keyring.put(BACK, PROGRAM, true);

    assertThat(host.isLocked(PROGRAM)).isFalse();
    host.close();
    keyring.bringToFront(BACK);
    assertThat(host.isLocked(PROGRAM)).isTrue();
  }

  /** Whoever looks for the sessions of the other collection is told where they are. */
  @Test
  void entriesBesideThoseOfTheDefaultCollectionAreTold() throws Exception {
    keyring.put(FRONT, PROGRAM, false);
    assertThat(host.probe(PROGRAM)).isNotEmpty();
    assertThat(host.remark()).isEmpty();

    keyring.put(BACK, PROGRAM, false);
    host.close();
    assertThat(host.probe(PROGRAM)).isNotEmpty();

    assertThat(host.remark()).isEqualTo(" in the default collection, not those in another one");
  }

  @Test
  void entriesInSeveralCollectionsWithoutADefaultOneAreAmbiguous() throws Exception {
    keyring.put(FRONT, PROGRAM, false);
    keyring.put(BACK, PROGRAM, false);
    keyring.bringToFront(SecretPrompt.NONE);

    TokenStoreFailure failure = failure(() -> host.probe(PROGRAM));

    assertThat(failure.problem()).isEqualTo(Problem.AMBIGUOUS);
    assertThat(failure).hasMessageContaining("in 2 collections");
    assertThat(failure.remedy()).contains("default one again");
  }

  @Test
  void unknownServiceIsNamedAfterItsProcess() {
    assertThat(host.probe(PROGRAM)).isNotEmpty();

    assertThat(host.name()).isEqualTo("Secret Service (java)");
  }

  /** And no longer for the answer to a call. */
  private static boolean waitsForThePerson(Thread asking) {
    return Arrays.stream(asking.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(CompletableFuture.class.getName()));
  }

  private SecretCollection collection(SessionBus bus) {
    String owner = bus.owner(SessionBusHost.SECRETS);
    assertThat(owner).isNotNull();
    return new SecretCollection(
        new SecretService(bus, String.valueOf(owner), "KeePassXC", new Habits()), FRONT);
  }

  private static TokenStoreFailure failure(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }
}
