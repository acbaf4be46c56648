package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * A finished sign-in.
 *
 * @param account the account that signed in
 * @param token the first access token
 * @param canRefresh whether the server sent a refresh token. Without one, the person has to sign in
 *     again when {@link #token()} expires
 * @param tenantSwitchedFrom the tenant of the application's last account, if this account belongs
 *     to another one; null otherwise. Clear the old tenant's data before you show the new one's
 * @param storeFailure why the session could not be stored; null if it is stored. After a failure
 *     the session lives in memory, and the write is retried while the process lives
 * @see SignIn
 */
public record SignInResult(
    Account account,
    AccessToken token,
    boolean canRefresh,
    @Nullable String tenantSwitchedFrom,
    @Nullable TokenStoreFailure storeFailure) {}
