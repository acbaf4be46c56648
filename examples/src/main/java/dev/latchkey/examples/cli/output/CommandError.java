package dev.latchkey.examples.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.examples.demo.StepFailed;
import dev.latchkey.graph.error.GraphException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Why a command failed, as the command line reports it.
 *
 * @param status the exit status
 * @param type the type in the table of exit statuses
 * @param error the server's own error code
 */
public record CommandError(
    int status,
    String type,
    @Nullable String reason,
    @Nullable String error,
    List<Integer> aadsts,
    String message,
    @Nullable String remedy,
    @Nullable Duration retryAfter,
    @Nullable String claims) {

  static final int UNEXPECTED = 1;
  public static final int WRONG_USAGE = 2;
  private static final int CANCELLED = 130;

  /**
   * The status of a program that a closed pipe ended, as shells report it: 128 and the number of
   * SIGPIPE. Java gets no such signal.
   */
  public static final int READER_GONE = 141;

  public static CommandError wrongUsage(String message, String remedy) {
    return of(WRONG_USAGE, "WrongUsage", message, remedy);
  }

  /** Reports what was looked for in Graph and not found, like Graph's own answer. */
  public static CommandError notFound(String message, String remedy) {
    return of(GraphCommandErrors.GRAPH, "NotFound", message, remedy);
  }

  public static CommandError localFile(String message, String remedy) {
    return of(UNEXPECTED, "LocalFile", message, remedy);
  }

  /** Ends a command whose output nobody reads any longer. It is not reported. */
  static CommandError readerGone() {
    return of(READER_GONE, "LocalFile", "Standard output was closed", null);
  }

  /** The same error in other words. */
  public CommandError saying(String message, @Nullable String remedy) {
    return new CommandError(
        status, type, reason, error, aadsts, message, remedy, retryAfter, claims);
  }

  /** Reports a session that lives in memory only, and ends with this process. */
  public static CommandError notStored(TokenStoreFailure e) {
    return of(e)
        .saying(
            "The session could not be stored, and you may have to sign in again: " + e.getMessage(),
            Remedies.inCommands(e.remedy()));
  }

  /** Reports which of several accounts has to sign in. */
  public static CommandError ofAccount(SignInRequired e, String accountId) {
    CommandError error = of(e);
    return Remedies.ofMissingConsent(e) != null
        ? error
        : error.saying(error.message(), Remedies.signInAs(accountId, e.remedy()));
  }

  public static CommandError of(Throwable thrown) {
    if (thrown instanceof CommandException e) {
      return e.error();
    } else if (thrown instanceof SignInRequired e) {
      CommandError error =
          of(10, "SignInRequired", e, JsonEvents.lower(e.reason()), null, e.claims());
      String consent = Remedies.ofMissingConsent(e);
      return consent == null ? error : error.saying(error.message(), consent);
    } else if (thrown instanceof SignInDeclined e) {
      return of(11, "SignInDeclined", e);
    } else if (thrown instanceof SignInExpired e) {
      return of(12, "SignInExpired", e);
    } else if (thrown instanceof AdminActionRequired e) {
      CommandError error = of(13, "AdminActionRequired", e);
      return e.browserMayHelp()
          ? error.saying(error.message(), Remedies.inTheBrowser(e.remedy()))
          : error;
    } else if (thrown instanceof AppMisconfigured e) {
      return of(14, "AppMisconfigured", e);
    } else if (thrown instanceof AccountProblem e) {
      return of(15, "AccountProblem", e);
    } else if (thrown instanceof Throttled e) {
      return of(16, "Throttled", e, null, e.retryAfter(), null);
    } else if (thrown instanceof ServiceUnavailable e) {
      return of(16, "ServiceUnavailable", e, null, e.retryAfter(), null);
    } else if (thrown instanceof InvalidResponse e) {
      return of(17, "InvalidResponse", e);
    } else if (thrown instanceof TokenStoreFailure e) {
      return of(18, "TokenStoreFailure", e, JsonEvents.lower(e.problem()), null, null);
    } else if (thrown instanceof SignInCancelled e) {
      return of(CANCELLED, "SignInCancelled", e);
    } else if (thrown instanceof CancellationException) { // Ctrl-C while waiting
      return of(CANCELLED, "SignInCancelled", "The command was interrupted", null);
    } else if (thrown instanceof GraphException e) {
      return GraphCommandErrors.of(e);
    }
    IOException trouble = thrown instanceof UncheckedIOException e ? e.getCause() : null;
    if (trouble != null) {
      return LocalFileErrors.failure("A local file could not be used", trouble);
    }
    return thrown instanceof StepFailed e
        ? of(UNEXPECTED, "StepFailed", "The demo failed: " + e.getMessage(), null)
        : unexpected(thrown);
  }

  private static CommandError of(int status, String type, LatchkeyException e) {
    return of(status, type, e, null, null, null);
  }

  private static CommandError of(
      int status,
      String type,
      LatchkeyException e,
      @Nullable String reason,
      @Nullable Duration retryAfter,
      @Nullable String claims) {
    OAuthError sent = e.oauthError();
    return new CommandError(
        status,
        type,
        reason,
        sent == null ? null : sent.error(),
        sent == null ? List.of() : sent.aadsts(),
        e.getMessage(),
        e.remedy() == null ? Remedies.of(type, retryAfter) : Remedies.inCommands(e.remedy()),
        retryAfter,
        claims);
  }

  private static CommandError of(int status, String type, String message, @Nullable String remedy) {
    return new CommandError(status, type, null, null, List.of(), message, remedy, null, null);
  }

  /** Names only the class: the message could quote a secret. */
  private static CommandError unexpected(Throwable thrown) {
    return of(
        UNEXPECTED,
        "Unexpected",
        "An unexpected error occurred: " + thrown.getClass().getName(),
        "This is a bug. Please report it with the output of -vv.");
  }

  public JsonObject event() {
    JsonArray numbers = new JsonArray();
    aadsts.forEach(numbers::add);
    JsonObject event = JsonEvents.event("error");
    event.addProperty("type", type);
    event.addProperty("reason", reason);
    event.addProperty("error", error);
    event.add("aadsts", numbers);
    event.addProperty("message", message);
    event.addProperty("remedy", remedy);
    event.addProperty("retry_after", retryAfter == null ? null : Remedies.seconds(retryAfter));
    event.addProperty("claims", claims);
    return event;
  }

  /** One to three lines. */
  public String text() {
    StringBuilder text = new StringBuilder("latchkey: ").append(oneLine(message));
    if (remedy != null) {
      text.append('\n').append(oneLine(remedy));
    }
    if (retryAfter != null) {
      String again = Remedies.tryAgainIn(retryAfter);
      text.append(remedy != null && remedy.contains(again) ? "" : '\n' + again);
    } else if (claims != null) {
      text.append("\nSign in with these claims: ").append(oneLine(claims));
    }
    return text.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
