package dev.latchkey;

/**
 * A finished sign-out. The account is forgotten on this machine in any case.
 *
 * @param account the account that was signed out
 * @param revoked whether the server confirmed that the refresh token is revoked. False if it has no
 *     revocation endpoint (Entra) or could not be reached, or if there was no refresh token
 */
public record SignOutResult(Account account, boolean revoked) {}
