package dev.latchkey.internal.signin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.ClientConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a pending sign-in, whichever way it goes. A sign-in is open until somebody ends it,
 * once; who ends it reports the outcome. While it is open, it holds the one future that it waits
 * for.
 */
final class SignInOutcome {

  private static final Logger log = LoggerFactory.getLogger(SignInOutcome.class);

  private final ClientConfig config;
  private final SignInCommit commit;

  /** The outcome for {@link #await()} alone: no code of the application depends on it. */
  private final CompletableFuture<SignInResult> awaited = new CompletableFuture<>();

  /** The outcome for the application, whose continuations run on the thread that completes it. */
  private final CompletableFuture<SignInResult> result = new CompletableFuture<>();

  private final Object lock = new Object();

  /** False once the sign-in has ended or stores its tokens. */
  @GuardedBy("lock")
  private boolean open = true;

  /** The timer or the exchange that is under way. */
  @GuardedBy("lock")
  private @Nullable Future<?> pending;

  SignInOutcome(ClientConfig config, SignInCommit commit) {
    this.config = config;
    this.commit = commit;
  }

  /**
   * Begins what the sign-in waits for next, so that the end either prevents it or can abort it.
   *
   * @return what was begun; null if the sign-in has ended
   */
  <T> @Nullable CompletableFuture<T> begin(Supplier<CompletableFuture<T>> next) {
    synchronized (lock) {
      if (!open) {
        return null;
      }
      CompletableFuture<T> begun = next.get();
      pending = begun;
      return begun;
    }
  }

  /** Continues after a timer; cancels it if the sign-in has ended. */
  void hold(CompletableFuture<Void> timer, Runnable then) {
    if (begin(() -> timer) == null) {
      timer.cancel(false);
      return;
    }
    Futures.then(
        timer,
        (done, cancelled) -> {
          if (cancelled == null) {
            orEnd(then);
          }
        });
  }

  /** A failure here is a bug, but nobody may wait for ever because of it. */
  void orEnd(Runnable next) {
    try {
      next.run();
    } catch (RuntimeException | Error e) {
      fail(unexpected(e));
    }
  }

  /** Stores the tokens, and ends the sign-in with what comes of it. */
  void commit(TokenResponse tokens, Reply reply) {
    if (!end()) {
      return;
    }
    AtomicBoolean begun = new AtomicBoolean(); // an executor may keep a task and throw all the same
    Runnable storing =
        () -> {
          if (begun.compareAndSet(false, true)) {
            store(tokens, reply);
          }
        };
    try {
      config.workers().execute(storing);
    } catch (RuntimeException | Error e) { // the executor was shut down, or has no thread
      // The code is spent: better to block this thread than to lose the tokens.
      storing.run();
    }
  }

  private void store(TokenResponse tokens, Reply reply) {
    try {
      SignInResult signedIn = commit.commit(tokens, reply);
      tell(outcome -> outcome.complete(signedIn));
    } catch (LatchkeyException e) {
      tell(outcome -> outcome.completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      tell(outcome -> outcome.completeExceptionally(unexpected(e)));
    }
  }

  /** The result's continuations may block, so they run elsewhere and do not delay who awaits. */
  private void tell(Consumer<CompletableFuture<SignInResult>> outcome) {
    outcome.accept(awaited);
    try {
      config.callbacks().execute(() -> outcome.accept(result));
    } catch (RuntimeException | Error e) { // better on this thread than never
      outcome.accept(result);
    }
  }

  void fail(LatchkeyException failure) {
    if (!end()) {
      return;
    }
    log.debug("sign-in over: {}", failure.getMessage());
    tell(outcome -> outcome.completeExceptionally(failure));
  }

  /** Ends the waiting. Returns false if it had ended before. */
  private boolean end() {
    Future<?> aborted;
    synchronized (lock) {
      if (!open) {
        return false;
      }
      open = false;
      aborted = pending;
      pending = null;
    }
    if (aborted != null) {
      aborted.cancel(true);
    }
    return true;
  }

  /** What nobody foresaw, as the exception for the caller. */
  static LatchkeyException unexpected(Throwable failure) {
    return new ServiceUnavailable(
        null, "The sign-in was aborted: " + failure.getClass().getName(), null, null, failure);
  }

  SignInResult await() {
    return Futures.awaitSignIn(awaited, this::cancel);
  }

  CompletableFuture<SignInResult> result() {
    return Futures.copyOn(config.callbacks(), result); // none waits for another's continuations
  }

  boolean cancel() {
    if (!end()) {
      return false;
    }
    SignInCancelled cancelled = new SignInCancelled("The sign-in was cancelled", null, null, null);
    tell(outcome -> outcome.completeExceptionally(cancelled));
    return true;
  }
}
