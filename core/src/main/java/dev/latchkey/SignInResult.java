package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * A finished sign-in.
 *
 * @param account who signed in
 * @param token the first access token
 * @param canRefresh whether the server gave a refresh token. Without one the person signs in again
 *     when {@link #token()} expires
 * @param tenantSwitchedFrom the tenant of the application's last account, if it is another than
 *     this one's; null otherwise. Clear what belongs to the old tenant before showing the new one
 * @param storeFailure why the session could not be stored yet, or null if it is safely stored. The
 *     session then lives in memory and the write is tried again while the process lives
 */
public record SignInResult(
    Account account,
    AccessToken token,
    boolean canRefresh,
    @Nullable String tenantSwitchedFrom,
    @Nullable TokenStoreFailure storeFailure) {}
