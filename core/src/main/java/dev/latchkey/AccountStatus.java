package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token store knows of an account; no request is made for it.
 *
 * <p>A server may want the person for one token only, or under a policy that depends on the place:
 * {@code interaction_required}, a claims challenge, a consent for one scope set. That ends no
 * session. The refresh token is as good as before, other tokens come, and so may this one later; it
 * is said by the {@link SignInRequired} that the call for that token throws, and not here.
 *
 * @param account the account
 * @param signInRequired why the person has to sign in again, or null unless the session is known to
 *     be over
 * @param canRefresh whether there is a refresh token in a session that is not known to be over
 * @param scopes what the sign-in asked for: {@code client.tokens(account, status.scopes())} needs
 *     no request as long as the token of the sign-in is good
 * @param tokens the stored access tokens, one each scope set, expired ones too; their values are
 *     blank
 */
public record AccountStatus(
    Account account,
    SignInRequired.@Nullable Reason signInRequired,
    boolean canRefresh,
    Set<String> scopes,
    List<AccessToken> tokens) {}
