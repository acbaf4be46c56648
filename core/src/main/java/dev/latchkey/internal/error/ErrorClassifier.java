package dev.latchkey.internal.error;

import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.internal.error.Context.Request;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an error means. {@code error} comes first; Entra's numbers, claims, suberror and the
 * words of the description refine it, in this order; the request decides what is left.
 */
final class ErrorClassifier {

  private static final String ASK_WHY = "Ask an administrator why the server denies this.";
  private static final String CHECK_ENDPOINTS =
      "Check the issuer or the endpoint URLs: this endpoint does not accept such requests.";

  private ErrorClassifier() {}

  static Classification classify(OAuthError error, Request request) {
    Classification byError = byError(error);
    Classification byNumber = byNumber(error);
    if (byError.isTransient()) {
      // An outage says nothing about the session, whatever number comes with it.
      return byNumber != null && byNumber.errorClass() == byError.errorClass() ? byNumber : byError;
    }
    return forRequest(byNumber == null ? byHints(error, byError) : byNumber, error, request);
  }

  private static Classification byError(OAuthError error) {
    if (error.status() == 429) {
      return new Classification(ErrorClass.SLOW, null, null);
    }
    if (error.status() >= 500) {
      return new Classification(ErrorClass.OUT, null, null);
    }
    Classification known = ErrorTable.ERRORS.get(error.error());
    if (known != null) {
      return known;
    }
    // Keycloak 26 sends prose here: {"error":"HTTP 405 Method Not Allowed"}.
    boolean wrongEndpoint = error.status() == 404 || error.status() == 405 || error.status() == 415;
    return new Classification(ErrorClass.APP, null, wrongEndpoint ? CHECK_ENDPOINTS : null);
  }

  private static @Nullable Classification byNumber(OAuthError error) {
    return error.aadsts().stream()
        .map(number -> ErrorTable.AADSTS.get(number.toString()))
        .filter(Objects::nonNull)
        .filter(known -> known.errorClass() != ErrorClass.BROWSER)
        .findFirst()
        .orElse(null);
  }

  private static Classification byHints(OAuthError error, Classification byError) {
    if (error.claims() != null) {
      return new Classification(ErrorClass.CLAIMS, Reason.CLAIMS_CHALLENGE, byError.remedy());
    }
    if (!byError.endsSession()) {
      return byError;
    }
    Classification bySuberror = ErrorTable.SUBERRORS.get(error.suberror());
    if (bySuberror != null) {
      return bySuberror;
    }
    return error.error().equals("invalid_grant") ? byPhrase(error.description(), byError) : byError;
  }

  private static Classification byPhrase(@Nullable String description, Classification byError) {
    if (description == null) {
      return byError;
    }
    String words = description.toLowerCase(Locale.ROOT);
    return ErrorTable.PHRASES.entrySet().stream()
        .filter(row -> words.contains(row.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(byError);
  }

  /** A poll has no session to end, and nothing but a poll has a person or a device code. */
  private static Classification forRequest(
      Classification found, OAuthError error, Request request) {
    if (request == Request.DEVICE_TOKEN) {
      return found.errorClass() == ErrorClass.SIGNIN && found.reason() == Reason.GRANT_REJECTED
          ? new Classification(ErrorClass.NEW, Reason.DEVICE_CODE_REJECTED, "Begin a new sign-in.")
          : found;
    }
    return switch (found.errorClass()) {
      case NEW -> new Classification(ErrorClass.SIGNIN, found.reason(), found.remedy());
      case DECLINED -> deniedWithoutAsking(error);
      default -> found;
    };
  }

  /** Nobody was asked, so nobody declined: a rule of the server denies it, or consent is gone. */
  private static Classification deniedWithoutAsking(OAuthError error) {
    return error.error().equals("access_denied") && byNumber(error) == null
        ? new Classification(ErrorClass.ADMIN, null, ASK_WHY)
        : new Classification(
            ErrorClass.SIGNIN,
            Reason.CONSENT_REQUIRED,
            "Sign in again and accept the permissions that the app asks for.");
  }
}
