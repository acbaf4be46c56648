package dev.latchkey;

/**
 * A finished sign-out: this machine has forgotten the account, whatever the server did.
 *
 * @param account the account that was signed out
 * @param revocation what became of its refresh token at the server
 * @see PublicClient#signOut(Account)
 */
public record SignOutResult(Account account, Revocation revocation) {

  /** What became of a refresh token at the server. */
  public enum Revocation {
    /** The server confirmed that it revoked the token. */
    CONFIRMED,
    /** There was no refresh token to revoke. */
    NO_TOKEN,
    /**
     * The server offers no revocation, as Entra ID: the token stays valid until it expires, or
     * until the person or an administrator ends the session there.
     */
    NOT_OFFERED,
    /**
     * The server revokes only for clients with a secret, which no public client has: it answered
     * 401, {@code invalid_client} or {@code unauthorized_client}. The token stays valid, as above.
     */
    NOT_FOR_PUBLIC_CLIENTS,
    /**
     * The request failed, or the server answered with another error: the token may be valid still.
     */
    FAILED
  }

  /**
   * Whether the server confirmed the revocation.
   *
   * @return true for {@link Revocation#CONFIRMED}
   */
  public boolean revoked() {
    return revocation == Revocation.CONFIRMED;
  }
}
