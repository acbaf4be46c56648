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

  private static final String CODE_GRANT =
      "Switch on the authorization code grant for this client, register it as a public one, and"
          + " register the redirect URI on loopback.";
  private static final String BEFORE_A_CODE =
      "Ask an administrator which policy keeps the server from issuing a device code: it asks for a"
          + " sign-in before anybody can sign in.";
  private static final String NO_GRANT_WAS_SENT =
      "Check the endpoint URLs and the client id: the server answers the request that begins a"
          + " sign-in as if it held a grant.";

  private ErrorClassifier() {}

  static Classification classify(OAuthError error, Request request) {
    Classification byError = byError(error);
    Classification byNumber = byNumber(error);
    if (byError.isTransient()) {
      // An outage says nothing about the session, whatever number comes with it.
      return byNumber != null && byNumber.errorClass() == byError.errorClass() ? byNumber : byError;
    }
    Classification byHints = byHints(error, byError);
    Classification found =
        byNumber == null
            ? byHints
            : byNumber.errorClass() == ErrorClass.REQUEST
                ? generalNumber(byNumber, byHints, request)
                : byNumber;
    return forRequest(found, error, request);
  }

  /**
   * A number that says no more than {@code error}. Where {@code error} ends the session, the person
   * signs in again, which mends it; a poll has no session, and its device code came from the server
   * a moment ago, so that the request itself is wrong.
   */
  private static Classification generalNumber(
      Classification byNumber, Classification byHints, Request request) {
    boolean noSession =
        (request == Request.DEVICE_TOKEN || request == Request.AUTHORIZATION_CODE)
            && byHints.errorClass() == ErrorClass.SIGNIN;
    return noSession || byHints.errorClass() == ErrorClass.APP
        ? new Classification(ErrorClass.APP, null, byNumber.remedy())
        : byHints;
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
        .min(Classification.MOST_TELLING_FIRST) // of equals the first, as the server sorts them
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
    return switch (request) {
      case DEVICE_TOKEN ->
          found.errorClass() == ErrorClass.SIGNIN && found.reason() == Reason.GRANT_REJECTED
              ? new Classification(
                  ErrorClass.NEW, Reason.DEVICE_CODE_REJECTED, "Begin a new sign-in.")
              : found;
      case REFRESH ->
          switch (found.errorClass()) {
            case NEW -> new Classification(ErrorClass.SIGNIN, found.reason(), found.remedy());
            case DECLINED -> deniedWithoutAsking(error);
            default -> found;
          };
      case AUTHORIZATION, AUTHORIZATION_CODE -> inTheBrowser(found, error, request);
      case DEVICE_AUTHORIZATION, DISCOVERY ->
          switch (found.errorClass()) {
            case SIGNIN, CLAIMS, NEW, DECLINED -> beforeAnyGrant(found, error, request);
            default -> found;
          };
      case PUSHED_AUTHORIZATION -> {
        Classification inTheBrowser = inTheBrowser(found, error, request);
        yield switch (inTheBrowser.errorClass()) {
          case SIGNIN, CLAIMS, NEW, DECLINED -> beforeAnyGrant(inTheBrowser, error, request);
          default -> inTheBrowser;
        };
      }
    };
  }

  /** The browser did not help, and the words of the tables are those of the other grant. */
  private static Classification inTheBrowser(
      Classification found, OAuthError error, Request request) {
    boolean grantRefused =
        switch (error.error()) {
          case "unauthorized_client", "unsupported_response_type", "unsupported_grant_type" ->
              byNumber(error) == null;
          default -> false;
        };
    if (grantRefused) {
      return new Classification(ErrorClass.APP, null, CODE_GRANT);
    }
    // The page has asked the person already: to sign in again would only ask the same.
    return request == Request.AUTHORIZATION && found.endsSession()
        ? new Classification(ErrorClass.ADMIN, null, ASK_WHY)
        : new Classification(found.errorClass(), found.reason(), found.remedy());
  }

  /** Nobody was asked, so nobody declined: a rule of the server denies it, or consent is gone. */
  private static Classification deniedWithoutAsking(OAuthError error) {
    Classification byNumber = byNumber(error);
    boolean unexplained = byNumber == null || byNumber.errorClass() == ErrorClass.REQUEST;
    return error.error().equals("access_denied") && unexplained
        ? new Classification(ErrorClass.ADMIN, null, ASK_WHY)
        : new Classification(
            ErrorClass.SIGNIN,
            Reason.CONSENT_REQUIRED,
            "Sign in again and accept the permissions that the app asks for.");
  }

  /**
   * The request that begins a sign-in holds no grant and no session. To sign in again would only
   * send it once more, and whoever handles {@code SignInRequired} so would go round for ever.
   */
  private static Classification beforeAnyGrant(
      Classification found, OAuthError error, Request request) {
    if (found.errorClass() == ErrorClass.DECLINED) {
      return new Classification(ErrorClass.ADMIN, null, ASK_WHY);
    }
    boolean wantsThePerson =
        found.errorClass() == ErrorClass.CLAIMS
            || found.reason() == Reason.POLICY
            || found.reason() == Reason.CONSENT_REQUIRED
            // login_required and the like, of OpenID Connect Core §3.1.2.6
            || error.error().endsWith("_required");
    if (!wantsThePerson) {
      return new Classification(ErrorClass.APP, null, NO_GRANT_WAS_SENT);
    }
    return request == Request.PUSHED_AUTHORIZATION
        ? new Classification(ErrorClass.ADMIN, null, ASK_WHY)
        : new Classification(ErrorClass.ADMIN, null, BEFORE_A_CODE, true);
  }
}
