package dev.latchkey.internal.signin;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the poll step: a timer, then an exchange, then a timer. Holds no thread meanwhile, and
 * nothing but the one pending future.
 */
public final class PollingSignIn implements SignIn {

  /** Turns the tokens into a stored session; blocks. */
  interface Commit {
    SignInResult commit(TokenResponse tokens, Reply reply) throws InterruptedException;
  }

  private enum Phase {
    WAITING,
    COMMITTING,
    OVER
  }

  private static final Logger log = LoggerFactory.getLogger(PollingSignIn.class);

  private final DeviceAuthorization shown;
  private final URI tokenEndpoint;
  private final Form form;
  private final Exchange exchange;
  private final Executor workers;
  private final Executor callbacks;
  private final Time time;
  private final long deadline;
  private final long wallDeadline;
  private final Commit commit;

  /** The outcome for {@link #await()} alone: no code of the application hangs on it. */
  private final CompletableFuture<SignInResult> awaited = new CompletableFuture<>();

  /** The same for the application: what follows it runs where it is completed. */
  private final CompletableFuture<SignInResult> result = new CompletableFuture<>();

  private final Object lock = new Object();

  private Phase phase = Phase.WAITING;
  private @Nullable Future<?> pending;

  /**
   * Creates one; it does nothing before {@link #start()}.
   *
   * @param answer the device authorization: the code's life counts from when its request went out
   */
  PollingSignIn(
      DeviceAuthorization shown,
      Reply answer,
      URI tokenEndpoint,
      Form form,
      ClientConfig config,
      Commit commit) {
    this.shown = shown;
    this.deadline = answer.sentNanos() + shown.expiresIn().toNanos();
    this.wallDeadline = answer.sentWallMillis() + shown.expiresIn().toMillis();
    this.tokenEndpoint = tokenEndpoint;
    this.form = form;
    this.exchange = config.exchange().get();
    this.workers = config.workers();
    this.callbacks = config.callbacks();
    this.time = config.time();
    this.commit = commit;
  }

  /** Starts waiting: the first poll comes one interval after the device authorization. */
  void start() {
    PollStep first = PollStep.first(shown.interval());
    follow(new PollStep.Wait(first, shown.interval()));
  }

  private void follow(PollStep.Next next) {
    if (next instanceof PollStep.Wait wait) {
      sleep(wait);
    } else if (next instanceof PollStep.Done done) {
      commit(done);
    } else if (next instanceof PollStep.Failed failed) {
      fail(failed.failure());
    }
  }

  private void sleep(PollStep.Wait wait) {
    Duration left = Duration.ofNanos(deadline - time.nanos());
    Duration delay = wait.delayWithin(left);
    if (delay.compareTo(left) >= 0) {
      // No poll would be left: what remains of the code's life is waited for, then it is over.
      Duration rest = left.isNegative() ? Duration.ZERO : left;
      hold(time.after(rest), () -> fail(wait.step().expired()));
    } else {
      log.debug("polling again in {} ms", delay.toMillis());
      hold(time.after(delay), () -> poll(wait.step()));
    }
  }

  private void poll(PollStep step) {
    CompletableFuture<Reply> call;
    synchronized (lock) { // so that cancel() either prevents the request or can abort it
      if (phase != Phase.WAITING) {
        return;
      }
      call = exchange.post(tokenEndpoint, form, Map.of());
      pending = call;
    }
    Futures.then(call, (reply, failure) -> orEnd(() -> answered(step, reply, failure)));
  }

  private void answered(PollStep step, Reply reply, @Nullable Throwable failure) {
    if (failure == null) {
      log.debug("polled: {}", reply.describe());
      follow(step.answered(reply, isOverdue()));
    } else if (failure instanceof TransportFailure broken) {
      log.debug("polled: {}", broken.getMessage());
      follow(step.unanswered());
    } else {
      fail(unexpected(failure));
    }
  }

  /** What fails here is a bug, but nobody shall wait for ever because of it. */
  private void orEnd(Runnable next) {
    try {
      next.run();
    } catch (RuntimeException | Error e) {
      fail(unexpected(e));
    }
  }

  /** By either clock: the monotonic one may have stood still while the machine slept. */
  private boolean isOverdue() {
    return time.nanos() - deadline >= 0 || time.wallMillis() >= wallDeadline;
  }

  private void hold(CompletableFuture<Void> timer, Runnable then) {
    synchronized (lock) {
      if (phase != Phase.WAITING) {
        timer.cancel(false);
        return;
      }
      pending = timer;
    }
    Futures.then(
        timer,
        (done, cancelled) -> {
          if (cancelled == null) {
            orEnd(then);
          }
        });
  }

  private void commit(PollStep.Done done) {
    synchronized (lock) {
      if (phase != Phase.WAITING) {
        return;
      }
      phase = Phase.COMMITTING;
      pending = null;
    }
    try {
      workers.execute(() -> store(done));
    } catch (RuntimeException | Error e) { // an executor that was shut down; no thread to be had
      over();
      tell(outcome -> outcome.completeExceptionally(unexpected(e)));
    }
  }

  private void store(PollStep.Done done) {
    try {
      SignInResult signedIn = commit.commit(done.tokens(), done.reply());
      tell(outcome -> outcome.complete(signedIn));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tell(outcome -> outcome.completeExceptionally(unexpected(e)));
    } catch (RuntimeException | Error e) {
      tell(outcome -> outcome.completeExceptionally(e));
    } finally {
      over();
    }
  }

  /** What follows the result may block, so it runs elsewhere; who awaits is not held up by it. */
  private void tell(Consumer<CompletableFuture<SignInResult>> outcome) {
    outcome.accept(awaited);
    try {
      callbacks.execute(() -> outcome.accept(result));
    } catch (RuntimeException | Error e) { // better on this thread than never
      outcome.accept(result);
    }
  }

  private void over() {
    synchronized (lock) {
      phase = Phase.OVER;
    }
  }

  private void fail(LatchkeyException failure) {
    if (!end()) {
      return;
    }
    log.debug("sign-in over: {}", failure.getMessage());
    tell(outcome -> outcome.completeExceptionally(failure));
  }

  private boolean end() {
    Future<?> aborted;
    synchronized (lock) {
      if (phase != Phase.WAITING) {
        return false;
      }
      phase = Phase.OVER;
      aborted = pending;
      pending = null;
    }
    if (aborted != null) {
      aborted.cancel(true);
    }
    return true;
  }

  private static LatchkeyException unexpected(Throwable failure) {
    return new ServiceUnavailable(
        null, "The sign-in was broken off: " + failure.getClass().getName(), null, null, failure);
  }

  @Override
  public DeviceAuthorization deviceAuthorization() {
    return shown;
  }

  @Override
  public SignInResult await() {
    return Futures.awaitSignIn(awaited, this::cancel);
  }

  @Override
  public CompletableFuture<SignInResult> result() {
    return result.copy();
  }

  @Override
  public boolean cancel() {
    if (!end()) {
      return false;
    }
    SignInCancelled cancelled = new SignInCancelled("The sign-in was cancelled", null, null, null);
    tell(outcome -> outcome.completeExceptionally(cancelled));
    return true;
  }
}
