package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token store knows about an account, without a request to the server.
 *
 * <p>A server may require the person for one token only, or by a policy that depends on the place:
 * {@code interaction_required}, a claims challenge, consent for one scope set. That does not end
 * the session: the refresh token stays valid, other tokens can be fetched, and perhaps this one
 * later. Only the call for that token throws {@link SignInRequired}; this status does not change.
 *
 * @param account the account
 * @param signInRequired why the person has to sign in again; null if the session is not known to be
 *     over
 * @param canRefresh whether the session has a refresh token and is not known to be over
 * @param scopes the scopes that the sign-in requested: {@code client.tokens(account,
 *     status.scopes())} needs no request while the token of the sign-in is valid
 * @param tokens the stored access tokens, one for each scope set, expired ones included; their
 *     values are blank
 * @see PublicClient#status(Account)
 */
public record AccountStatus(
    Account account,
    SignInRequired.@Nullable Reason signInRequired,
    boolean canRefresh,
    Set<String> scopes,
    List<AccessToken> tokens) {}
