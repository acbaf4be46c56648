package dev.latchkey.examples.cli.output;

import dev.latchkey.error.SignInRequired;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The remedy for each type of error that does not bring its own. */
final class Remedies {

  private static final String LATER = "Try again later.";

  private Remedies() {}

  /** The remedy for a type of the command line; null if there is none. */
  static @Nullable String of(String type, @Nullable Duration retryAfter) {
    if (retryAfter != null) {
      return tryAgainIn(retryAfter);
    }
    return switch (type) {
      case "SignInRequired" -> "Sign in with 'latchkey sign-in' and the same options.";
      case "SignInDeclined" -> "Run 'latchkey sign-in' again if you did not mean to decline.";
      case "SignInExpired" ->
          "Run 'latchkey sign-in' again, and finish in the browser before the code expires.";
      case "AdminActionRequired" -> "Show this message to the administrator of your organization.";
      case "AppMisconfigured" ->
          "Check --client-id, --scope and the app's registration at the server.";
      case "AccountProblem" -> "Get the account repaired, or sign in with another one.";
      case "Throttled", "ServiceUnavailable" -> LATER;
      case "InvalidResponse", "MalformedAnswer" ->
          "Check the server's address, and whether a proxy or a captive portal answers instead of"
              + " it.";
      case "TokenStoreFailure" -> "Check the store that --store names.";
      case "RequestRefused" ->
          "Check the command's arguments; the same request will be refused again.";
      default -> null;
    };
  }

  /** The remedy of a library, with the commands that do what its methods do. */
  static @Nullable String inCommands(@Nullable String remedy) {
    return remedy == null
        ? null
        : remedy
            .replace(
                "KeyringTokenStore.repair()", "'latchkey status --repair' and the same options")
            .replace("KeyringTokenStore.unlock()", "'latchkey unlock'");
  }

  /** The sign-in that asks for the scopes; null if something else is missing. */
  static @Nullable String ofMissingConsent(SignInRequired why) {
    return why.reason() == SignInRequired.Reason.CONSENT_REQUIRED && !why.scopes().isEmpty()
        ? signInWith(why.accountId(), why.scopes())
        : null;
  }

  /**
   * The sign-in that asks for these scopes. With the account named, it asks for the others of the
   * account, too. Another client, server or store that the command names has to be named again.
   */
  static String signInWith(@Nullable String accountId, Collection<String> scopes) {
    return "Run 'latchkey sign-in"
        + (accountId == null ? "" : " --account " + accountId)
        + " --scope \""
        + String.join(" ", scopes)
        + "\"' with the same options otherwise, and accept the permissions that the app asks for.";
  }

  /**
   * The sign-in of one of several accounts.
   *
   * @param remedy the library's; null if it has none
   */
  static String signInAs(String accountId, @Nullable String remedy) {
    return (remedy == null || remedy.equals("Sign in again.") ? "" : inCommands(remedy) + " ")
        + "Sign in with 'latchkey sign-in --account "
        + accountId
        + "' and the same options otherwise.";
  }

  /**
   * The remedy where a browser may pass what a code does not.
   *
   * @param remedy the library's, which names the browser first and then what else would help
   */
  static String inTheBrowser(@Nullable String remedy) {
    int other = remedy == null ? -1 : remedy.indexOf(", or ");
    return "Sign in with 'latchkey sign-in --browser' and the same options"
        + (remedy == null || other < 0 ? "." : remedy.substring(other));
  }

  static String tryAgainIn(Duration time) {
    return "Try again in " + seconds(time) + " s.";
  }

  /** Rounds up, so that nobody tries again too early. */
  static long seconds(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }
}
