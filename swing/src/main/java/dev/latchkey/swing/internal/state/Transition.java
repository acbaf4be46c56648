package dev.latchkey.swing.internal.state;

import dev.latchkey.SignInResult;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.Throttled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The step from one phase to the next. An event that does not fit changes nothing. */
public final class Transition {

  /** The page may say what the server does not: that a policy blocks codes. */
  static final Duration BROWSER_OFFERED_AFTER = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Transition() {}

  /**
   * Decides what comes next.
   *
   * @return the same phase if nothing changes
   */
  public static Phase next(Phase phase, Event event, Wish wish) {
    if (phase instanceof Phase.Closed) {
      return phase;
    } else if (event instanceof Event.Chose chose) {
      return chosen(phase, chose.choice(), wish);
    } else if (event instanceof Event.Succeeded done) {
      return signedIn(done.result(), wish);
    } else if (event instanceof Event.Failed failed) {
      return failed(phase, failed.failure(), wish);
    } else if (event instanceof Event.Ticked ticked) {
      return ticked(phase, ticked.since(), wish);
    } else if (event instanceof Event.CodeIssued issued && phase instanceof Phase.Beginning) {
      Duration left = issued.shown().expiresIn();
      return new Phase.Code(issued.shown(), null, left, null, false);
    } else if (event instanceof Event.PagePrepared page && phase instanceof Phase.Beginning) {
      return new Phase.Browser(page.page(), page.expiresIn(), page.expiresIn(), null);
    } else if (event instanceof Event.Unlocked && phase instanceof Phase.Unlocking unlocking) {
      return new Phase.Beginning(unlocking.way(), 0);
    } else if (event instanceof Event.PageOpened opened) {
      return opened(phase, opened.started());
    } else if (event instanceof Event.Polled polled && phase instanceof Phase.Code code) {
      return new Phase.Code(
          code.shown(), polled.progress(), code.left(), code.opened(), code.offersBrowser());
    }
    return phase;
  }

  private static Phase opened(Phase phase, boolean started) {
    if (phase instanceof Phase.Code code) {
      return new Phase.Code(
          code.shown(), code.progress(), code.left(), started, code.offersBrowser());
    }
    return phase instanceof Phase.Browser browser
        ? new Phase.Browser(browser.page(), browser.expiresIn(), browser.left(), started)
        : phase;
  }

  private static Phase chosen(Phase phase, Choice choice, Wish wish) {
    return switch (choice) {
      case CLOSE -> closed(phase);
      case NEW_CODE -> new Phase.Beginning(Way.CODE, 0);
      case BROWSER -> wish.browser() ? new Phase.Beginning(Way.BROWSER, 0) : phase;
      case TRY_AGAIN -> new Phase.Beginning(way(phase), 0);
      case UNLOCK -> new Phase.Unlocking(way(phase));
      case OPEN_PAGE, COPY_CODE, COPY_ADDRESS, COPY_DETAILS -> phase;
    };
  }

  private static Phase closed(Phase phase) {
    if (phase instanceof Phase.SignedIn done) {
      return new Phase.Closed(done.result(), null);
    } else if (phase instanceof Phase.Stopped stopped) {
      return new Phase.Closed(null, stopped.problem().failure());
    }
    return new Phase.Closed(null, cancelled());
  }

  private static SignInCancelled cancelled() {
    return new SignInCancelled("The person closed the sign-in dialog.", null, null, null);
  }

  private static Phase signedIn(SignInResult result, Wish wish) {
    List<Note> notes = new ArrayList<>();
    if (wish.accountId() != null && !wish.accountId().equals(result.account().id())) {
      notes.add(Note.ANOTHER_ACCOUNT);
    }
    boolean chosen = wish.tenantId() != null && wish.tenantId().equals(result.account().tenantId());
    if (result.tenantSwitchedFrom() != null && !chosen) {
      notes.add(Note.ANOTHER_TENANT);
    }
    if (result.storeFailure() != null) {
      notes.add(Note.NOT_STORED);
    }
    return notes.isEmpty()
        ? new Phase.Closed(result, null)
        : new Phase.SignedIn(result, List.copyOf(notes));
  }

  private static Phase failed(Phase phase, Throwable failure, Wish wish) {
    if (failure instanceof SignInCancelled) { // not by the person: the program is ending
      return new Phase.Closed(null, failure);
    }
    Way way = way(phase);
    Problem problem = Problem.of(failure, way, wish);
    if (phase instanceof Phase.Beginning beginning) {
      Duration asked = retryAfter(failure);
      if (failure instanceof ServiceUnavailable || failure instanceof Throttled) {
        Duration pause = longer(pause(beginning.attempts()), asked);
        return new Phase.Retrying(way, beginning.attempts() + 1, problem, pause, pause);
      }
    }
    return new Phase.Stopped(way, problem);
  }

  private static Phase ticked(Phase phase, Duration since, Wish wish) {
    if (phase instanceof Phase.Code code) {
      return new Phase.Code(
          code.shown(),
          code.progress(),
          left(code.shown().expiresIn(), since),
          code.opened(),
          wish.browser() && since.compareTo(BROWSER_OFFERED_AFTER) >= 0);
    } else if (phase instanceof Phase.Browser browser) {
      return new Phase.Browser(
          browser.page(), browser.expiresIn(), left(browser.expiresIn(), since), browser.opened());
    } else if (phase instanceof Phase.Retrying retrying) {
      Duration left = left(retrying.pause(), since);
      return left.isZero()
          ? new Phase.Beginning(retrying.way(), retrying.attempts())
          : new Phase.Retrying(
              retrying.way(), retrying.attempts(), retrying.problem(), retrying.pause(), left);
    }
    return phase;
  }

  private static Way way(Phase phase) {
    if (phase instanceof Phase.Beginning beginning) {
      return beginning.way();
    } else if (phase instanceof Phase.Retrying retrying) {
      return retrying.way();
    } else if (phase instanceof Phase.Stopped stopped) {
      return stopped.way();
    } else if (phase instanceof Phase.Unlocking unlocking) {
      return unlocking.way();
    }
    return phase instanceof Phase.Browser ? Way.BROWSER : Way.CODE;
  }

  private static Duration left(Duration whole, Duration passed) {
    Duration left = whole.minus(passed);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static Duration longer(Duration one, @Nullable Duration other) {
    return other == null || one.compareTo(other) >= 0 ? one : other;
  }

  private static @Nullable Duration retryAfter(Throwable failure) {
    if (failure instanceof Throttled e) {
      return e.retryAfter();
    }
    return failure instanceof ServiceUnavailable e ? e.retryAfter() : null;
  }
}
