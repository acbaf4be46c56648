package dev.latchkey.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The person has to sign in again; the program cannot recover by itself. Thrown by {@code
 * TokenSource.get} when the session has ended, the server wants more than the session can prove, or
 * the person was never asked for the scopes of the token, and by a sign-in whose device code the
 * server rejects. Next: {@code client.beginSignIn(why)}, which requests what this exception {@link
 * #requirements() requires} and does not throw another one: what the server refuses before it has
 * issued a code, no further sign-in mends.
 *
 * @see LatchkeyException
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
    /**
     * An API wants a stronger or more recent sign-in (RFC 9470): see {@link
     * SignInRequired#requirements()}.
     */
    STEP_UP_REQUIRED,
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

  /**
   * What the next sign-in has to request, so that the call that failed succeeds after it.
   * Immutable.
   *
   * @param claims the claims to request, as JSON; null if there are none
   * @param accountId the id of the account that has to sign in; null if it is unknown
   * @param scopes the scopes that the call wanted, without {@code openid}, {@code profile} and
   *     {@code offline_access} where Latchkey adds them. The sign-in requests them with the other
   *     scopes of the client and of the account. Empty for the client's own
   * @param acrValues the authentication contexts that an API accepts, the preferred one first;
   *     empty if it did not say
   * @param maxAge how long ago the person may have signed in at most; null if any sign-in will do
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470 §3</a>
   */
  public record Requirements(
      @Nullable String claims,
      @Nullable String accountId,
      @SuppressWarnings("serial") Set<String> scopes, // the copies are serializable
      @SuppressWarnings("serial") List<String> acrValues,
      @Nullable Duration maxAge)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Any sign-in will do. */
    public static final Requirements NONE = new Requirements(null, null, Set.of(), List.of(), null);

    /**
     * Copies the scopes, in their order, and the authentication contexts.
     *
     * @param claims the claims to request, as JSON; null if there are none
     * @param accountId the id of the account; null if it is unknown
     * @param scopes the scopes; empty for the client's own
     * @param acrValues the authentication contexts; empty for any
     * @param maxAge how long ago the person may have signed in; null for any time
     */
    public Requirements {
      scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
      acrValues = List.copyOf(acrValues);
    }

    /**
     * The same with other claims.
     *
     * @param json the claims; null for none
     * @return a copy
     */
    public Requirements withClaims(@Nullable String json) {
      return new Requirements(json, accountId, scopes, acrValues, maxAge);
    }

    /**
     * The same for another account.
     *
     * @param id the id of the account; null for any
     * @return a copy
     */
    public Requirements withAccountId(@Nullable String id) {
      return new Requirements(claims, id, scopes, acrValues, maxAge);
    }

    /**
     * The same with other scopes.
     *
     * @param wanted the scopes; empty for the client's own
     * @return a copy
     */
    public Requirements withScopes(Set<String> wanted) {
      return new Requirements(claims, accountId, wanted, acrValues, maxAge);
    }

    /** Leaves out the claims, which may name policies and carry nonces. */
    @Override
    public String toString() {
      return "Requirements[accountId="
          + accountId
          + ", scopes="
          + scopes
          + ", acrValues="
          + acrValues
          + ", maxAge="
          + maxAge
          + ", claims="
          + (claims == null ? "none" : "redacted")
          + "]";
    }
  }

  private final Reason reason;
  private final Requirements requirements;

  /**
   * Creates the exception. Applications do so only in their own tests.
   *
   * @param reason why
   * @param requirements what the next sign-in has to request
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public SignInRequired(
      Reason reason,
      Requirements requirements,
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    super(message, oauthError, remedy, cause);
    this.reason = reason;
    this.requirements = requirements;
  }

  /**
   * Creates the exception for the scopes of the client. Applications do so only in their own tests.
   *
   * @param reason why
   * @param claims the claims to request in the next sign-in, as JSON; null if there are none
   * @param accountId the id of the account that has to sign in; null if it is unknown
   * @param message what happened, without any secret
   * @param oauthError the server's error; null if it did not come from a server
   * @param remedy what would help, in one sentence; null if unknown
   * @param cause the cause, or null
   */
  public SignInRequired(
      Reason reason,
      @Nullable String claims,
      @Nullable String accountId,
      String message,
      @Nullable OAuthError oauthError,
      @Nullable String remedy,
      @Nullable Throwable cause) {
    this(
        reason,
        Requirements.NONE.withClaims(claims).withAccountId(accountId),
        message,
        oauthError,
        remedy,
        cause);
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
   * Returns what the next sign-in has to request. {@code client.beginSignIn(why)} does so.
   *
   * @return the claims, the account, the scopes and the strength of the sign-in
   */
  public Requirements requirements() {
    return requirements;
  }

  /**
   * Returns the scopes that were wanted, without those that Latchkey adds by itself. {@code
   * client.beginSignIn(why)} requests them with the other scopes of the client and of the account.
   *
   * @return the scopes; empty if no particular ones were
   */
  public Set<String> scopes() {
    return requirements.scopes();
  }

  /**
   * Returns the claims that the next sign-in has to request.
   *
   * @return the JSON text; null if there are none
   * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter">OpenID
   *     Connect Core §5.5</a>
   */
  public @Nullable String claims() {
    return requirements.claims();
  }

  /**
   * Returns the {@code id()} of the account that has to sign in. The account stays listed.
   *
   * @return the account's id; null if there is no account yet
   */
  public @Nullable String accountId() {
    return requirements.accountId();
  }
}
