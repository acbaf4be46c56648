package dev.latchkey.internal.signin;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.DeviceAuthorization;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives {@link PollStep}: a timer, then an exchange, then a timer. Waiting holds no thread, only
 * the one pending future.
 */
public final class PollingSignIn implements SignIn {

  private static final Logger log = LoggerFactory.getLogger(PollingSignIn.class);

  private final DeviceAuthorization shown;
  private final URI tokenEndpoint;
  private final Form form;
  private final ClientConfig config;
  private final Time time;
  private final long deadline;
  private final long wallDeadline;
  private final SignInRequest request;
  private final SignInCommit commit;

  /** The outcome for {@link #await()} alone: no code of the application depends on it. */
  private final CompletableFuture<SignInResult> awaited = new CompletableFuture<>();

  /** The outcome for the application, whose continuations run on the thread that completes it. */
  private final CompletableFuture<SignInResult> result = new CompletableFuture<>();

  private final Object lock = new Object();

  /**
   * False once the sign-in has ended or stores its tokens. Whoever clears it reports the outcome.
   */
  @GuardedBy("lock")
  private boolean polling = true;

  /** The timer or the exchange that is under way. */
  @GuardedBy("lock")
  private @Nullable Future<?> pending;

  /**
   * Creates a sign-in that does nothing before {@link #start()}.
   *
   * @param answer the device authorization response; the code's lifetime starts with its request
   * @param request what the sign-in requests, and the next one too if this one has to be repeated
   */
  PollingSignIn(
      DeviceAuthorization shown,
      Reply answer,
      URI tokenEndpoint,
      Form form,
      ClientConfig config,
      SignInRequest request,
      SignInCommit commit) {
    this.shown = shown;
    this.deadline = answer.sentNanos() + shown.expiresIn().toNanos();
    this.wallDeadline = answer.sentWallMillis() + shown.expiresIn().toMillis();
    this.tokenEndpoint = tokenEndpoint;
    this.form = form;
    this.config = config;
    this.time = config.time();
    this.request = request;
    this.commit = commit;
  }

  /** Starts to wait. The first poll follows one interval after the device authorization. */
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
      LatchkeyException failure = failed.failure();
      fail(failure instanceof SignInRequired why ? request.carriedBy(why) : failure);
    }
  }

  private void sleep(PollStep.Wait wait) {
    Duration left = Duration.ofNanos(deadline - time.nanos());
    Duration delay = wait.delayWithin(left);
    if (delay.compareTo(left) >= 0) {
      // No poll is left: the sign-in ends when the code expires.
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
      if (!polling) {
        return;
      }
      call = config.exchange().get().post(tokenEndpoint, form, Map.of());
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

  /** A failure here is a bug, but nobody may wait for ever because of it. */
  private void orEnd(Runnable next) {
    try {
      next.run();
    } catch (RuntimeException | Error e) {
      fail(unexpected(e));
    }
  }

  /** Whether the code has expired by either clock: the monotonic one may stop during sleep. */
  private boolean isOverdue() {
    return time.nanos() - deadline >= 0 || time.wallMillis() >= wallDeadline;
  }

  private void hold(CompletableFuture<Void> timer, Runnable then) {
    synchronized (lock) {
      if (!polling) {
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
    if (!end()) {
      return;
    }
    AtomicBoolean begun = new AtomicBoolean(); // an executor may keep a task and throw all the same
    Runnable storing =
        () -> {
          if (begun.compareAndSet(false, true)) {
            store(done);
          }
        };
    try {
      config.workers().execute(storing);
    } catch (RuntimeException | Error e) { // the executor was shut down, or has no thread
      // The code is spent: better to block this thread than to lose the tokens.
      storing.run();
    }
  }

  private void store(PollStep.Done done) {
    try {
      SignInResult signedIn = commit.commit(done.tokens(), done.reply());
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

  private void fail(LatchkeyException failure) {
    if (!end()) {
      return;
    }
    log.debug("sign-in over: {}", failure.getMessage());
    tell(outcome -> outcome.completeExceptionally(failure));
  }

  /** Ends the polling. Returns false if it had ended before. */
  private boolean end() {
    Future<?> aborted;
    synchronized (lock) {
      if (!polling) {
        return false;
      }
      polling = false;
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
        null, "The sign-in was aborted: " + failure.getClass().getName(), null, null, failure);
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
