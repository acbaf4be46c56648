package dev.latchkey.internal.error;

import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.Throttled;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.http.TransportProblem;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.text.Text;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps every error to the exception whose type says what the caller does next. */
public final class OAuthErrorMapper {

  private static final int MAX_SENTENCE_LENGTH = 400;
  private static final Pattern SUPPORT_TAIL =
      Pattern.compile("\\s*(Trace ID|Correlation ID|Timestamp)\\s*:.*");
  private static final String CAPTIVE =
      "Check that no captive portal or proxy answers in the server's place.";
  private static final String CHECK_CLIENT =
      "Check the client id, and that the client is a public one, which has no secret.";

  /** Precedes a remedy that begins with "Ask an administrator". */
  private static final String BROWSER_OR = "Sign in with the browser on this computer, or a";

  private static final String SIGN_IN = "Sign in again.";

  /** A gateway may have answered in the server's place. */
  private static final String SIGN_IN_OR_WAIT = "Sign in again, or try once more in a while.";

  private OAuthErrorMapper() {}

  /** Maps a reply that is not a success, whether or not it holds an OAuth error. */
  public static LatchkeyException toException(Reply reply, Context context) {
    if (reply.error() != null) {
      return toException(reply.error(), reply.retryAfter(), context);
    }
    String message = couldNot(context) + "the server answered " + reply.describe();
    if (reply.status() == 429) {
      return new Throttled(reply.retryAfter(), message, null, null, null);
    }
    if (reply.status() >= 500 || reply.status() == 408) {
      return new ServiceUnavailable(reply.retryAfter(), message, null, null, null);
    }
    if (reply.status() == 407) { // of a proxy, for a server on plain http
      String remedy = TransportProblem.PROXY_AUTHENTICATION.remedy();
      return new ServiceUnavailable(reply.retryAfter(), message, null, remedy, null);
    }
    if (reply.status() == 401) {
      // For a client that sends no credentials, 401 means invalid_client, whatever the body says.
      return new AppMisconfigured(message, null, CHECK_CLIENT, null);
    }
    if (reply.status() == 400 && reply.isEmpty() && context.request() == Context.Request.REFRESH) {
      // All that glewlwyd 2.7.5 says about a refresh token that has expired or is spent.
      return new SignInRequired(
          Reason.GRANT_REJECTED, null, context.accountId(), message, null, SIGN_IN_OR_WAIT, null);
    }
    return new InvalidResponse(message, null, reply.json() == null ? CAPTIVE : null, null);
  }

  /** Maps an error that did not come in a reply. */
  public static LatchkeyException toException(OAuthError error, Context context) {
    return toException(error, null, context);
  }

  /** Maps a request that got no reply. */
  public static LatchkeyException toException(TransportFailure failure, Context context) {
    String message = couldNot(context) + failure.getMessage();
    return new ServiceUnavailable(null, message, null, failure.remedy(), failure);
  }

  /** Maps an OAuth error. An unknown code lands by its status and by what comes with it. */
  static LatchkeyException toException(
      OAuthError error, @Nullable Duration retryAfter, Context context) {
    Classification found = ErrorClassifier.classify(error, context.request());
    String message = couldNot(context) + sentence(error);
    String remedy = found.remedy();
    return switch (found.errorClass()) {
      case SLOW -> new Throttled(retryAfter, message, error, remedy, null);
      case LATER, OUT -> new ServiceUnavailable(retryAfter, message, error, remedy, null);
      case ADMIN ->
          new AdminActionRequired(
              message,
              error,
              found.browserMayHelp() && remedy != null ? BROWSER_OR + remedy.substring(1) : remedy,
              null,
              found.browserMayHelp());
      case USER -> new AccountProblem(message, error, remedy, null);
      case DECLINED -> new SignInDeclined(message, error, remedy, null);
      case NEW ->
          found.reason() == Reason.EXPIRED
              ? new SignInExpired(message, error, remedy, null)
              : signInRequired(found, message, error, context);
      case SIGNIN, CLAIMS -> signInRequired(found, message, error, context);
      // Only a poll may wait, and a poll asks isPending first.
      case WAIT -> new InvalidResponse(message, error, remedy, null);
      case APP, REQUEST, BROWSER -> new AppMisconfigured(message, error, remedy, null);
    };
  }

  /** Whether the person has not finished yet: by Entra's number for it, whatever the code is. */
  public static boolean isPending(OAuthError error) {
    return ErrorClassifier.classify(error, Context.Request.DEVICE_TOKEN).errorClass()
        == ErrorClass.WAIT;
  }

  private static SignInRequired signInRequired(
      Classification found, String message, OAuthError error, Context context) {
    Reason reason = found.reason() == null ? Reason.GRANT_REJECTED : found.reason();
    if (error.claims() != null) {
      reason = Reason.CLAIMS_CHALLENGE;
    }
    String whole =
        reason == Reason.DEVICE_CODE_REJECTED
            ? message + ". The server rejects the device code, which should still be valid."
            : message;
    String remedy = found.remedy() == null ? SIGN_IN : found.remedy();
    return new SignInRequired(
        reason, error.claims(), context.accountId(), whole, error, remedy, null);
  }

  private static String couldNot(Context context) {
    return "Could not " + context.request().action() + ": ";
  }

  /** The server's own words, without the tail that is for its support, and its code. */
  private static String sentence(OAuthError error) {
    if (error.description() == null) {
      return error.error();
    }
    String words = SUPPORT_TAIL.matcher(error.description()).replaceAll("").strip();
    String cut =
        words.length() <= MAX_SENTENCE_LENGTH ? words : Text.cut(words, MAX_SENTENCE_LENGTH) + "…";
    return cut.isEmpty() ? error.error() : cut + " (" + error.error() + ")";
  }
}
