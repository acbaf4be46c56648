package dev.latchkey.internal.oauth;

import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.internal.oauth.Context.Request;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides what an error means: {@code error} first, refined by Entra's numbers and other hints. */
final class ErrorClassifier {

  private static final String ASK_WHY = "Ask an administrator why the server denies this.";
  private static final String CHECK_ENDPOINTS =
      "Check the issuer or the endpoint URLs: this one does not take such requests.";

  private ErrorClassifier() {}

  static Classification of(OAuthError error, Request request) {
    Classification base = byError(error);
    Classification byNumber = byNumber(error);
    if (base.isTransient()) {
      // "Out of order" is no verdict on the session, whatever number comes with it.
      return byNumber != null && byNumber.errorClass() == base.errorClass() ? byNumber : base;
    }
    return forRequest(byNumber == null ? byHints(error, base) : byNumber, error, request);
  }

  private static Classification byError(OAuthError error) {
    Classification known = ErrorTable.ERRORS.get(error.error());
    if (error.status() == 429) {
      return new Classification(ErrorClass.SLOW, null, null);
    }
    if (error.status() >= 500) {
      return new Classification(ErrorClass.OUT, null, null);
    }
    if (known != null) {
      return known;
    }
    // Keycloak 26 puts prose here: {"error":"HTTP 405 Method Not Allowed"}.
    boolean wrongEndpoint = error.status() == 404 || error.status() == 405 || error.status() == 415;
    return new Classification(ErrorClass.APP, null, wrongEndpoint ? CHECK_ENDPOINTS : null);
  }

  private static @Nullable Classification byNumber(OAuthError error) {
    return error.aadsts().stream()
        .map(number -> ErrorTable.AADSTS.get(number.toString()))
        .filter(Objects::nonNull)
        .filter(verdict -> verdict.errorClass() != ErrorClass.BROWSER)
        .findFirst()
        .orElse(null);
  }

  private static Classification byHints(OAuthError error, Classification base) {
    if (error.claims() != null) {
      return new Classification(ErrorClass.CLAIMS, Reason.CLAIMS_CHALLENGE, base.remedy());
    }
    if (!base.endsSession()) {
      return base;
    }
    Classification bySuberror = ErrorTable.SUBERRORS.get(error.suberror());
    if (bySuberror != null) {
      return bySuberror;
    }
    return error.error().equals("invalid_grant") ? byPhrase(error.description(), base) : base;
  }

  private static Classification byPhrase(@Nullable String description, Classification base) {
    if (description == null) {
      return base;
    }
    String words = description.toLowerCase(Locale.ROOT);
    return ErrorTable.PHRASES.rows().entrySet().stream()
        .filter(row -> words.contains(row.getKey().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(base);
  }

  /** The same error means different things to a poll and to a refresh. */
  private static Classification forRequest(
      Classification verdict, OAuthError error, Request request) {
    boolean poll = request == Request.DEVICE_TOKEN;
    return switch (verdict.errorClass()) {
      case SIGNIN ->
          poll && verdict.reason() == Reason.GRANT_REJECTED
              ? new Classification(
                  ErrorClass.NEW, Reason.DEVICE_CODE_REJECTED, "Begin a new sign-in.")
              : verdict;
      case NEW ->
          poll
              ? verdict
              : new Classification(ErrorClass.SIGNIN, verdict.reason(), verdict.remedy());
      case DECLINED -> poll ? verdict : deniedWithoutAsking(error);
      default -> verdict;
    };
  }

  /** Nobody was asked, so nobody declined: a rule of the server did, or consent is gone. */
  private static Classification deniedWithoutAsking(OAuthError error) {
    return error.error().equals("access_denied") && byNumber(error) == null
        ? new Classification(ErrorClass.ADMIN, null, ASK_WHY)
        : new Classification(
            ErrorClass.SIGNIN,
            Reason.CONSENT_REQUIRED,
            "Sign in again and accept the permissions that the app asks for.");
  }
}
