package dev.latchkey.internal.signin;

import dev.latchkey.DeviceAuthorization;
import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.SignIn;
import dev.latchkey.SignInProgress;
import dev.latchkey.SignInProgress.State;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final SignInOutcome outcome;
  private final List<ListenerQueue<Consumer<SignInProgress>>> watchers =
      new CopyOnWriteArrayList<>();

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
    this.outcome = new SignInOutcome(config, commit);
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
      outcome.commit(done.tokens(), done.reply());
    } else if (next instanceof PollStep.Failed failed) {
      LatchkeyException failure = failed.failure();
      outcome.fail(failure instanceof SignInRequired why ? request.carriedBy(why) : failure);
    }
  }

  private void sleep(PollStep.Wait wait) {
    Duration left = left();
    Duration delay = wait.delayWithin(left);
    if (delay.compareTo(left) >= 0) {
      // No poll is left: the sign-in ends when the code expires.
      outcome.hold(time.after(left), () -> outcome.fail(wait.step().expired()));
    } else {
      log.debug("polling again in {} ms", delay.toMillis());
      outcome.hold(time.after(delay), () -> poll(wait.step()));
    }
  }

  private void poll(PollStep step) {
    CompletableFuture<Reply> call =
        outcome.begin(() -> config.exchange().get().post(Kind.POLL, tokenEndpoint, form, Map.of()));
    if (call != null) {
      Futures.then(call, (reply, failure) -> outcome.orEnd(() -> answered(step, reply, failure)));
    }
  }

  private void answered(PollStep step, Reply reply, @Nullable Throwable failure) {
    if (failure == null) {
      log.debug("polled: {}", reply.describe());
      PollStep.Next next = step.answered(reply, isOverdue());
      if (next instanceof PollStep.Wait wait) {
        tell(step.stateAfter(reply, wait), wait, null);
      }
      follow(next);
    } else if (failure instanceof TransportFailure broken) {
      log.debug("polled: {}", broken.getMessage());
      PollStep.Wait wait = step.unanswered();
      tell(State.NO_CONNECTION, wait, broken.remedy());
      follow(wait);
    } else {
      outcome.fail(SignInOutcome.unexpected(failure));
    }
  }

  private void tell(State state, PollStep.Wait wait, @Nullable String remedy) {
    if (watchers.isEmpty()) {
      return;
    }
    Duration left = left();
    Duration delay = wait.delayWithin(left);
    SignInProgress progress =
        new SignInProgress(state, delay.compareTo(left) < 0 ? delay : left, remedy);
    watchers.forEach(watcher -> watcher.tell(listener -> listener.accept(progress)));
  }

  @Override
  public void onProgress(Consumer<SignInProgress> listener) {
    watchers.add(new ListenerQueue<>(listener, config.callbacks()));
  }

  private Duration left() {
    Duration left = Duration.ofNanos(deadline - time.nanos());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether the code has expired by either clock: the monotonic one may stop during sleep. */
  private boolean isOverdue() {
    return time.nanos() - deadline >= 0 || time.wallMillis() >= wallDeadline;
  }

  @Override
  public DeviceAuthorization deviceAuthorization() {
    return shown;
  }

  @Override
  public SignInResult await() {
    return outcome.await();
  }

  @Override
  public CompletableFuture<SignInResult> result() {
    return outcome.result();
  }

  @Override
  public boolean cancel() {
    return outcome.cancel();
  }
}
