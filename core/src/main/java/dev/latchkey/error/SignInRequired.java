package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The person has to sign in again; the program cannot recover by itself. Thrown by {@code
 * TokenSource.get} when the session has ended or the server wants more than the session can prove,
 * and by a sign-in whose device code the server rejects. Next: {@code client.beginSignIn(why)},
 * which takes the claims and the account from this exception and does not throw another one: what
 * the server refuses before it has issued a code, no further sign-in mends.
 */
public final class SignInRequired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /** Why a new sign-in is required, as far as the server says. */
  public enum Reason {
    /** Nobody is signed in, or this process or another one signed the account out. */
    SIGNED_OUT,
    /** The access token has expired, and the server issued no refresh token. */
    NO_REFRESH_TOKEN,
    /** The refresh token was not used for too long, or its session reached its maximum age. */
    EXPIRED,
    /** Somebody ended the session: an administrator, the person elsewhere, or a logout. */
    REVOKED,
    /** The password was changed or reset. */
    PASSWORD_CHANGED,
    /** The account is disabled at the server. */
    ACCOUNT_DISABLED,
    /** The person or an administrator withdrew the consent, or more consent is required. */
    CONSENT_REQUIRED,
    /**
     * The server wants more proof, such as a second factor: see {@link SignInRequired#claims()}.
     */
    CLAIMS_CHALLENGE,
    /** A policy limits how long a sign-in lasts, or requires a recent one. */
    POLICY,
    /** The response to a refresh was lost, and the server no longer accepts the old token. */
    REFRESH_ANSWER_LOST,
    /** The refresh token was used twice, and the server ended the session as if it were stolen. */
    REUSE_DETECTED,
    /** The server rejects the device code, which should still be valid. */
    DEVICE_CODE_REJECTED,
    /** The server rejected the refresh token and did not say why. */
    GRANT_REJECTED
  }

  private final Reason reason;
  private final @Nullable String claims;
  private final @Nullable String accountId;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param reason why
   * @param claims the claims to request in the next sign-in, as JSON; null if there are none
   * @param accountId the id of the account that has to sign in; null if it is unknown
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause; null if there is none
   */
  public SignInRequired(
      Reason reason,
      @Nullable String claims,
      @Nullable String accountId,
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
    this.reason = reason;
    this.claims = claims;
    this.accountId = accountId;
  }

  /**
   * Says why a new sign-in is required.
   *
   * @return the most specific reason known
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Returns the claims that the next sign-in has to request.
   *
   * @return the JSON text; null if there are none
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter">OpenID
   *     Connect Core §5.5</a>
   */
  public @Nullable String claims() {
    return claims;
  }

  /**
   * Returns the {@code id()} of the account that has to sign in. The account stays listed.
   *
   * @return the account's id; null if there is no account yet
   */
  public @Nullable String accountId() {
    return accountId;
  }
}
