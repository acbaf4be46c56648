package dev.latchkey.keyring.internal.backend;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Secret Service still has to do before it carries out a call: usually to ask the person.
 * KeePassXC answers with one to every creation and deletion, also where it asks nothing.
 *
 * @see <a href="https://specifications.freedesktop.org/secret-service-spec/latest/prompts.html">
 *     Secret Service, Prompts and prompting</a>
 */
record SecretPrompt(SessionBus bus, String owner, String path) {

  private static final Logger log = LoggerFactory.getLogger(SecretPrompt.class);
  private static final String PROMPT = "org.freedesktop.Secret.Prompt";
  private static final String OWNER_CHANGED = "NameOwnerChanged";

  /** The path that means that there is no object, and so nothing left to do. */
  static final String NONE = "/";

  enum Outcome {
    DONE,
    /** By the person, or by the service itself. */
    DISMISSED,
    /** The time was up, or this thread was interrupted. */
    UNANSWERED
  }

  boolean isNone() {
    return path.equals(NONE);
  }

  /**
   * Lets the service go on, with a dialog if it needs one, and waits for the end.
   *
   * @throws IllegalStateException if the service or the bus ends before the prompt does
   */
  Outcome run(Duration limit) {
    if (isNone()) {
      return Outcome.DONE;
    }
    CompletableFuture<Boolean> dismissed = new CompletableFuture<>();
    Runnable gone = () -> dismissed.completeExceptionally(new IOException("nobody is left"));
    try (var unusedEnd =
            bus.listen(
                path, PROMPT, "Completed", end -> dismissed.complete(isDismissed(end)), gone);
        var unusedOwner =
            bus.listen(
                SessionBus.BUS_PATH,
                SessionBus.BUS,
                OWNER_CHANGED,
                change -> {
                  if (saysThatOwnerLeft(change)) {
                    gone.run();
                  }
                },
                gone)) {
      if (!isBegun()) {
        return Outcome.UNANSWERED;
      }
      boolean refused = dismissed.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return refused ? Outcome.DISMISSED : Outcome.DONE;
    } catch (TimeoutException | InterruptedException givenUp) {
      return Outcome.UNANSWERED;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The keyring ended before its prompt did.", e.getCause());
    } catch (Refused e) {
      throw new IllegalStateException("The keyring refused its own prompt.", e);
    }
  }

  /**
   * Begins the prompt. False if nobody knows whether it has begun: the service did not answer in
   * time, or this thread was interrupted. A dialog may be there, or come.
   */
  private boolean isBegun() throws Refused {
    try {
      bus.ask(owner, path, PROMPT, "Prompt", "s", "");
      return true;
    } catch (TokenStoreFailure givenUp) {
      boolean unused = Thread.interrupted(); // a write would close the connection
      return false;
    }
  }

  private static boolean isDismissed(DBusSignal signal) {
    try {
      return Boolean.TRUE.equals(signal.getParameters()[0]);
    } catch (DBusException | RuntimeException unreadable) {
      return true;
    }
  }

  private boolean saysThatOwnerLeft(DBusSignal signal) {
    try {
      Object[] change = signal.getParameters(); // the name, its owner before and after
      return change.length > 2 && owner.equals(change[0]) && "".equals(change[2]);
    } catch (DBusException | RuntimeException unreadable) {
      return false;
    }
  }

  /** Removes the dialog. Never fails: it may be gone already, and so may the connection. */
  void dismiss() {
    try {
      dismissNow();
    } catch (Refused | RuntimeException e) {
      log.debug("The dialog or the connection was already gone", SafeCause.of(e));
    }
  }

  private void dismissNow() throws Refused {
    try {
      bus.ask(owner, path, PROMPT, "Dismiss", null);
    } catch (
        TokenStoreFailure busy) { // the service still owes an answer: it may hear it all the same
      bus.tell(owner, path, PROMPT, "Dismiss", null);
    }
  }
}
