package dev.latchkey.error;

import org.jspecify.annotations.Nullable;

/**
 * The person has to sign in again; nothing that the program does alone will help. Next: {@code
 * client.beginSignIn(why)}, which takes the claims and the account from here.
 */
public final class SignInRequired extends LatchkeyException {

  private static final long serialVersionUID = 1L;

  /** Why a new sign-in is wanted, as far as the server let it be known. */
  public enum Reason {
    /** Nobody is signed in, or the account was signed out here or by another process. */
    SIGNED_OUT,
    /** The access token ran out and the server had given no refresh token. */
    NO_REFRESH_TOKEN,
    /** The refresh token was not used for too long, or its session reached its end. */
    EXPIRED,
    /** Somebody ended the session: an administrator, the person elsewhere, or a logout. */
    REVOKED,
    /** The password was changed or reset since. */
    PASSWORD_CHANGED,
    /** The account is disabled at the server. */
    ACCOUNT_DISABLED,
    /** The person or an administrator withdrew the consent, or more consent is wanted. */
    CONSENT_REQUIRED,
    /**
     * The server wants more proof, such as a second factor: see {@link SignInRequired#claims()}.
     */
    CLAIMS_CHALLENGE,
    /** A policy limits how long a sign-in lasts, or wants it fresh. */
    POLICY,
    /** The answer to a refresh was lost, and the server takes the old refresh token no more. */
    REFRESH_ANSWER_LOST,
    /**
     * The refresh token was used twice, and the server ended the session as a stolen one would be.
     */
    REUSE_DETECTED,
    /** The server does not know the device code (any more), though it should still be valid. */
    DEVICE_CODE_REJECTED,
    /** The server refused the refresh token and did not say why. */
    GRANT_REJECTED
  }

  private final Reason reason;
  private final @Nullable String claims;
  private final @Nullable String accountId;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param reason why
   * @param claims the JSON of the claims to ask for in the next sign-in, if the server wants any
   * @param accountId the id of the account that has to sign in, if it is known
   * @param message what happened, without any secret
   * @param oauthError what the server sent, if it came from one
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
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
   * Why a new sign-in is wanted.
   *
   * @return the best reason known
   */
  public Reason reason() {
    return reason;
  }

  /**
   * The claims that the next sign-in has to bring, as JSON.
   *
   * @return the JSON text, or null if the server asked for none
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter">OpenID
   *     Connect Core §5.5</a>
   */
  public @Nullable String claims() {
    return claims;
  }

  /**
   * Whose session ended: the {@code id()} of an account that stays listed.
   *
   * @return the account's id, or null if no account is concerned yet
   */
  public @Nullable String accountId() {
    return accountId;
  }
}
