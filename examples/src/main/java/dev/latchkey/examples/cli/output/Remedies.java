package dev.latchkey.examples.cli.output;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What to do about each type of failure, where whoever threw it knows nothing better. */
final class Remedies {

  private static final String LATER = "Try again later.";

  private Remedies() {}

  /** A sentence for the type as the command line names it; null where nothing is to be done. */
  static @Nullable String of(String type, @Nullable Duration retryAfter) {
    if (retryAfter != null) {
      return tryAgainIn(retryAfter);
    }
    return switch (type) {
      case "SignInRequired" -> "Sign in with 'latchkey sign-in' and the same options.";
      case "SignInDeclined" -> "Run 'latchkey sign-in' again if it was not meant so.";
      case "SignInExpired" -> "Run 'latchkey sign-in' again, and finish in the browser in time.";
      case "AdminActionRequired" -> "Show this to the administrator of your organization.";
      case "AppMisconfigured" ->
          "Check --client-id, --scope and how the app is registered at the server.";
      case "AccountProblem" -> "Have the account mended, or sign in with another.";
      case "Throttled", "ServiceUnavailable" -> LATER;
      case "InvalidResponse", "MalformedAnswer" ->
          "Check the server's address, and whether a proxy or a captive portal answers in its"
              + " place.";
      case "TokenStoreFailure" -> "Check the store that --store names.";
      case "RequestRefused" -> "Check what the command was given; the same will be refused again.";
      default -> null;
    };
  }

  static String tryAgainIn(Duration time) {
    return "Try again in " + seconds(time) + " s.";
  }

  /** Rounded up: to come back a moment too early would not do. */
  static long seconds(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }
}
