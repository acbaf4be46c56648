package dev.latchkey.swing.internal.state;

import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Why a sign-in stopped, and what the person can do about it.
 *
 * @param kind what happened
 * @param failure the exception with which the dialog ends if the person closes it now
 * @param choices the buttons, the most helpful one first; {@link Choice#CLOSE} is the last one
 */
public record Problem(Kind kind, Throwable failure, List<Choice> choices) {

  /** Each has a sentence of its own. */
  public enum Kind {
    SIGN_IN_REQUIRED,
    DECLINED,
    EXPIRED,
    ADMINISTRATOR,
    CODE_BLOCKED,
    APP,
    ACCOUNT,
    UNAVAILABLE,
    THROTTLED,
    INVALID_RESPONSE,
    STORE,
    UNEXPECTED;

    /** The key of the sentence. */
    public String key() {
      return "problem." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Problem of(Throwable failure, Way way, Wish wish) {
    Kind kind = kind(failure, wish);
    List<Choice> choices = new ArrayList<>(choices(kind, failure, way, wish));
    if (hasDetails(kind)) {
      choices.add(Choice.COPY_DETAILS);
    }
    choices.add(Choice.CLOSE);
    return new Problem(kind, failure, List.copyOf(choices));
  }

  /** Whether there is a text for whoever helps: an administrator, a developer, support. */
  public boolean hasDetails() {
    return hasDetails(kind);
  }

  private static boolean hasDetails(Kind kind) {
    return switch (kind) {
      case SIGN_IN_REQUIRED, DECLINED, EXPIRED -> false;
      default -> true;
    };
  }

  private static Kind kind(Throwable failure, Wish wish) {
    if (!(failure instanceof LatchkeyException)) {
      return Kind.UNEXPECTED;
    } else if (failure instanceof SignInRequired) {
      return Kind.SIGN_IN_REQUIRED;
    } else if (failure instanceof SignInDeclined) {
      return Kind.DECLINED;
    } else if (failure instanceof SignInExpired) {
      return Kind.EXPIRED;
    } else if (failure instanceof AdminActionRequired e) {
      return e.browserMayHelp() && wish.browser() ? Kind.CODE_BLOCKED : Kind.ADMINISTRATOR;
    } else if (failure instanceof AppMisconfigured) {
      return Kind.APP;
    } else if (failure instanceof AccountProblem) {
      return Kind.ACCOUNT;
    } else if (failure instanceof Throttled) {
      return Kind.THROTTLED;
    } else if (failure instanceof ServiceUnavailable) {
      return Kind.UNAVAILABLE;
    } else if (failure instanceof InvalidResponse) {
      return Kind.INVALID_RESPONSE;
    }
    return failure instanceof TokenStoreFailure ? Kind.STORE : Kind.UNEXPECTED;
  }

  private static List<Choice> choices(Kind kind, Throwable failure, Way way, Wish wish) {
    return switch (kind) {
      case CODE_BLOCKED -> List.of(Choice.BROWSER);
      case ADMINISTRATOR -> List.of();
      case EXPIRED ->
          way == Way.CODE && wish.browser()
              ? List.of(Choice.NEW_CODE, Choice.BROWSER) // nobody may have got past the page
              : List.of(way == Way.CODE ? Choice.NEW_CODE : Choice.TRY_AGAIN);
      case APP -> way == Way.BROWSER ? List.of(Choice.NEW_CODE) : List.of();
      case STORE ->
          wish.unlock() && canBeUnlocked(failure)
              ? List.of(Choice.UNLOCK, Choice.TRY_AGAIN)
              : List.of(Choice.TRY_AGAIN);
      default -> List.of(way == Way.CODE ? Choice.NEW_CODE : Choice.TRY_AGAIN);
    };
  }

  /** Whether the person can unlock the token store that failed. */
  public static boolean canBeUnlocked(Throwable failure) {
    return failure instanceof TokenStoreFailure store
        && (store.problem() == TokenStoreFailure.Problem.LOCKED
            || store.problem() == TokenStoreFailure.Problem.CONFIRMATION_NEEDED);
  }

  /** Leaves out the exception, which has a message of its own. */
  @Override
  public String toString() {
    return "Problem[" + kind + ", " + choices + "]";
  }
}
