package dev.latchkey;

/**
 * A finished sign-out: the account is forgotten here in any case.
 *
 * @param account who was signed out
 * @param revoked whether the server confirmed that the refresh token is revoked. False where it has
 *     no revocation endpoint (Entra), could not be reached, or there was no refresh token
 */
public record SignOutResult(Account account, boolean revoked) {}
