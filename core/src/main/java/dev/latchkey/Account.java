package dev.latchkey;

import org.jspecify.annotations.Nullable;

/**
 * A person's account at an authorization server, as the ID token names it. Immutable. Holds no
 * token.
 *
 * @param id the key of the account in the token store, stable across restarts: a hash of the
 *     authorization server's name, issuer, client id and subject; without an ID token {@code
 *     anonymous-} and a random number
 * @param issuer the {@code iss} claim, or the authorization server's name without an ID token
 * @param subject the {@code sub} claim: never reassigned at this issuer
 * @param objectId Entra's {@code oid}: the person's object in the tenant; null if the server sent
 *     none, or one with control or invisible characters
 * @param tenantId Entra's {@code tid}: the tenant that the person signed in to; null as above
 * @param username {@code preferred_username}: for display only; it may change. Without control or
 *     invisible characters
 * @param name {@code name}: for display only, and cleaned like the username
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core
 *     §2</a>
 * @see PublicClient
 */
public record Account(
    String id,
    String issuer,
    @Nullable String subject,
    @Nullable String objectId,
    @Nullable String tenantId,
    @Nullable String username,
    @Nullable String name) {}
