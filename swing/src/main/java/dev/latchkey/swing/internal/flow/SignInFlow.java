package dev.latchkey.swing.internal.flow;

import dev.latchkey.SignInOptions;
import dev.latchkey.SignInResult;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.swing.internal.state.Choice;
import dev.latchkey.swing.internal.state.Event;
import dev.latchkey.swing.internal.state.Phase;
import dev.latchkey.swing.internal.state.Transition;
import dev.latchkey.swing.internal.state.Way;
import dev.latchkey.swing.internal.state.Wish;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in in a dialog, from the first request until the dialog has gone. It does what {@link
 * Transition} decides. All of it runs on the event thread, to which every answer of the gateway is
 * handed over.
 */
public final class SignInFlow {

  private final Gateway gateway;
  private final Executor eventThread;
  private final Ticker ticker;
  private final LongSupplier nanoTime;
  private final Screen screen;
  private final Wish wish;
  private final CompletableFuture<SignInResult> result = new CompletableFuture<>();

  private SignInOptions options;
  private Heading heading;
  private Phase phase = new Phase.Beginning(Way.CODE, 0);
  private Attempt attempt;
  private @Nullable CompletableFuture<@Nullable String> naming;
  private long since;

  /**
   * Creates a flow, which begins with {@link #start}.
   *
   * @param nanoTime the monotonic clock
   */
  public SignInFlow(
      Gateway gateway,
      Executor eventThread,
      Ticker ticker,
      LongSupplier nanoTime,
      Screen screen,
      Wish wish,
      SignInOptions options,
      Heading heading) {
    this.gateway = gateway;
    this.eventThread = eventThread;
    this.ticker = ticker;
    this.nanoTime = nanoTime;
    this.screen = screen;
    this.wish = wish;
    this.options = options;
    this.heading = heading;
    this.attempt = new Attempt(this, gateway, eventThread);
  }

  /**
   * The result. It completes after the screen was told to close, on the event thread. It fails with
   * the exception that the person saw last, or with {@code SignInCancelled}.
   */
  public CompletableFuture<SignInResult> result() {
    return result;
  }

  /** Shows the first phase and sends the first request. */
  public void start() {
    ticker.start(this::tick);
    screen.show(heading, phase);
    begin(Way.CODE);
    if (wish.accountId() != null) {
      naming = gateway.nameOf(wish.accountId());
      var unused = naming.whenComplete((name, failure) -> eventThread.execute(() -> nameIs(name)));
    }
  }

  private void nameIs(@Nullable String name) {
    if (name != null && !(phase instanceof Phase.Closed)) {
      heading = new Heading(heading.reason(), name);
      screen.show(heading, phase);
    }
  }

  /** Does what the person chose; nothing once the dialog is closed. */
  public void choose(Choice choice) {
    if (choice == Choice.OPEN_PAGE) {
      open();
    } else {
      on(new Event.Chose(choice));
    }
  }

  /** The phase that is shown. */
  public Phase phase() {
    return phase;
  }

  private void tick() {
    on(new Event.Ticked(Duration.ofNanos(nanoTime.getAsLong() - since)));
  }

  /** Takes what happened in an attempt, unless another one has begun since. */
  void on(Attempt teller, Event event) {
    if (teller == attempt) {
      on(event);
    }
  }

  private void on(Event event) {
    if (event instanceof Event.Failed failed && failed.failure() instanceof SignInRequired why) {
      options = SignInOptions.of(why).withLocale(options.locale());
    }
    Phase before = phase;
    phase = Transition.next(before, event, wish);
    if (phase.equals(before)) {
      return;
    }
    if (phase instanceof Phase.Retrying && !(before instanceof Phase.Retrying)) {
      since = nanoTime.getAsLong();
    }
    if (phase instanceof Phase.Closed closed) {
      close(closed);
      return;
    }
    screen.show(heading, phase);
    if (phase instanceof Phase.Beginning beginning) {
      begin(beginning.way());
    } else if (phase instanceof Phase.Unlocking) {
      unlock();
    } else if (phase instanceof Phase.Browser && before instanceof Phase.Beginning) {
      open();
    }
  }

  private void begin(Way way) {
    if (attempt.cancel()) { // otherwise its tokens have arrived, and the end is near
      since = nanoTime.getAsLong(); // codes and pages expire as of their request
      attempt = new Attempt(this, gateway, eventThread);
      attempt.begin(way, options);
    }
  }

  private void unlock() {
    if (attempt.cancel()) {
      attempt = new Attempt(this, gateway, eventThread);
      attempt.unlock();
    }
  }

  private void open() {
    if (phase instanceof Phase.Code code) {
      attempt.open(code.address());
    } else if (phase instanceof Phase.Browser browser) {
      attempt.open(browser.page());
    }
  }

  private void close(Phase.Closed closed) {
    ticker.stop();
    if (naming != null) {
      naming.cancel(true);
    }
    boolean cancelled = attempt.cancel();
    screen.close();
    if (closed.result() != null) {
      end(closed.result(), null);
    } else if (cancelled) {
      end(null, closed.failure());
    } else { // the tokens had arrived: the person is signed in all the same
      var unused = attempt.result().whenComplete(this::end);
    }
  }

  /** Later, so that a modal dialog has let go of the event thread. */
  private void end(@Nullable SignInResult done, @Nullable Throwable failure) {
    eventThread.execute(
        () -> {
          if (done != null) {
            result.complete(done);
          } else {
            result.completeExceptionally(Attempt.thrown(Objects.requireNonNull(failure)));
          }
        });
  }
}
