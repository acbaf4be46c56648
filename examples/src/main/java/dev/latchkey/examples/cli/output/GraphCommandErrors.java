package dev.latchkey.examples.cli.output;

import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps each Graph error to its type and its remedy on the command line. */
public final class GraphCommandErrors {

  private static final int BUSY = 16;
  static final int GRAPH = 19;

  private GraphCommandErrors() {}

  public static CommandError of(GraphException e) {
    if (e instanceof GraphThrottled busy) {
      String remedy = Remedies.of("Throttled", busy.retryAfter());
      return failure(BUSY, "Throttled", e, remedy, busy.retryAfter());
    } else if (e instanceof GraphUnavailable down) {
      String known = down.remedy();
      String remedy = known == null ? "Check the network connection, or try again later." : known;
      return failure(BUSY, "ServiceUnavailable", e, remedy, down.retryAfter());
    }
    return of(e, remedy(e));
  }

  /** Maps an error for which the command knows the remedy. */
  public static CommandError of(GraphException e, @Nullable String remedy) {
    return failure(GRAPH, e.getClass().getSimpleName(), e, remedy, null);
  }

  /** Maps a refusal for one account: the sign-in that brings what is missing names it. */
  public static CommandError ofAccount(Forbidden e, String accountId) {
    return of(
        e,
        e.missingScopes().isEmpty()
            ? remedy(e)
            : Remedies.signInWith(accountId, e.missingScopes()));
  }

  private static @Nullable String remedy(GraphException e) {
    if (e instanceof NotFound) {
      return "Check the name or id.";
    } else if (e instanceof Conflict) {
      return "Choose another name, or try again when no one has the file open.";
    } else if (e instanceof Forbidden forbidden && !forbidden.missingScopes().isEmpty()) {
      return Remedies.signInWith(null, forbidden.missingScopes());
    } else if (e instanceof Forbidden) {
      return "Ask the owner for access.";
    } else if (e instanceof PreconditionFailed) {
      return "Someone else changed it meanwhile. Run the command again.";
    } else if (e instanceof ResyncRequired) {
      return "Delete the state file and run the command again; it then lists everything.";
    } else if (e instanceof QuotaExceeded) {
      return "Free some space in the drive or mailbox.";
    } else if (e instanceof OutcomeUnknown) {
      return "Check whether it was done before you run the command again.";
    } else if (e instanceof TokenRejected) {
      return "Check --graph-url and --cloud, and that --scope names Graph scopes.";
    }
    return Remedies.of(e.getClass().getSimpleName(), null);
  }

  private static CommandError failure(
      int status,
      String type,
      GraphException e,
      @Nullable String remedy,
      @Nullable Duration retryAfter) {
    String message = String.valueOf(e.getMessage());
    return new CommandError(
        status, type, null, e.code(), List.of(), message, remedy, retryAfter, null);
  }
}
