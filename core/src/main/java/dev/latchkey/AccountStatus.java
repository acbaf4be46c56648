package dev.latchkey;

import dev.latchkey.error.SignInRequired;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token store knows of an account; no request is made for it.
 *
 * @param account the account
 * @param signInRequired why the person has to sign in again, or null while the session is good
 * @param canRefresh whether there is a refresh token
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
