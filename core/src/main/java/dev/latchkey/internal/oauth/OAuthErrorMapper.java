package dev.latchkey.internal.oauth;

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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of every refusal the exception whose type says what the caller does next. */
public final class OAuthErrorMapper {

  private static final int SENTENCE_LENGTH = 400;
  private static final Pattern SUPPORT_TAIL =
      Pattern.compile("\\s*(Trace ID|Correlation ID|Timestamp)\\s*:.*");
  private static final String CAPTIVE =
      "Check that no captive portal or proxy answers in the server's place.";
  private static final String CHECK_CLIENT =
      "Check the client id, and that the client is a public one, which has no secret.";
  private static final String SIGN_IN = "Sign in again.";
  private static final String OFFLINE = "Check the network connection and try again.";

  private OAuthErrorMapper() {}

  /** The exception for a reply that is not what was asked for, an OAuth error or something else. */
  public static LatchkeyException toException(Reply reply, Context context) {
    Context heard = context.orRetryAfter(reply.retryAfter());
    if (reply.error() != null) {
      return toException(reply.error(), heard);
    }
    String message = could(context) + ": the server answered " + reply.describe();
    if (reply.status() == 429) {
      return new Throttled(heard.retryAfter(), message, null, null, null);
    }
    if (reply.status() >= 500 || reply.status() == 408) {
      return new ServiceUnavailable(heard.retryAfter(), message, null, null, null);
    }
    if (reply.status() == 401) {
      // To a client that sends no credentials this is invalid_client, whatever the body says.
      return new AppMisconfigured(message, null, CHECK_CLIENT, null);
    }
    return new InvalidResponse(message, null, reply.json() == null ? CAPTIVE : null, null);
  }

  /** The exception for a request to which no reply came. */
  public static LatchkeyException toException(TransportFailure failure, Context context) {
    String message = could(context) + ": " + failure.getMessage();
    return new ServiceUnavailable(context.retryAfter(), message, null, OFFLINE, failure);
  }

  /** The exception for an OAuth error. A code that nobody knows lands by its status and kind. */
  public static LatchkeyException toException(OAuthError error, Context context) {
    Classification verdict = ErrorClassifier.of(error, context.request());
    String message = could(context) + ": " + sentence(error);
    String remedy = verdict.remedy();
    return switch (verdict.errorClass()) {
      case SLOW -> new Throttled(context.retryAfter(), message, error, remedy, null);
      case LATER, OUT -> new ServiceUnavailable(context.retryAfter(), message, error, remedy, null);
      case ADMIN -> new AdminActionRequired(message, error, remedy, null);
      case USER -> new AccountProblem(message, error, remedy, null);
      case DECLINED -> new SignInDeclined(message, error, remedy, null);
      case NEW ->
          verdict.reason() == Reason.EXPIRED
              ? new SignInExpired(message, error, remedy, null)
              : signInRequired(verdict, message, error, context);
      case SIGNIN, CLAIMS -> signInRequired(verdict, message, error, context);
      // "Wait" makes no sense to anything but a poll, and a poll does not ask here.
      case WAIT -> new InvalidResponse(message, error, remedy, null);
      case APP, BROWSER -> new AppMisconfigured(message, error, remedy, null);
    };
  }

  /** Whether the person has not finished yet, by Entra's number for it whatever the code is. */
  public static boolean isPending(OAuthError error) {
    return ErrorClassifier.of(error, Context.Request.DEVICE_TOKEN).errorClass() == ErrorClass.WAIT;
  }

  private static SignInRequired signInRequired(
      Classification verdict, String message, OAuthError error, Context context) {
    Reason reason = verdict.reason() == null ? Reason.GRANT_REJECTED : verdict.reason();
    if (error.claims() != null) {
      reason = Reason.CLAIMS_CHALLENGE;
    }
    String remedy = verdict.remedy() == null ? SIGN_IN : verdict.remedy();
    String plain =
        reason == Reason.DEVICE_CODE_REJECTED
            ? message + ". The server does not take the device code, which should still be valid."
            : message;
    return new SignInRequired(
        reason, error.claims(), context.accountId(), plain, error, remedy, null);
  }

  private static String could(Context context) {
    return "Could not " + context.request().action();
  }

  /** The server's own words, without the tail that is for its support, and its code. */
  private static String sentence(OAuthError error) {
    String words = firstSentences(error.description());
    return words.isEmpty() ? error.error() : words + " (" + error.error() + ")";
  }

  private static String firstSentences(@Nullable String description) {
    if (description == null) {
      return "";
    }
    String words = SUPPORT_TAIL.matcher(description).replaceAll("").strip();
    return words.length() <= SENTENCE_LENGTH ? words : words.substring(0, SENTENCE_LENGTH) + "…";
  }
}
