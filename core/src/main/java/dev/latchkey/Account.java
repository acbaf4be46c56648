package dev.latchkey;

import org.jspecify.annotations.Nullable;

/**
 * A person's account at an authorization server, as the ID token named it. Immutable; equal when
 * all parts are. Holds no token.
 *
 * @param id names the account in the token store and across restarts: a hash of the authorization
 *     server's own name, issuer, client id and subject; random if the server sent no ID token
 * @param issuer the {@code iss} claim, or the authorization server's own name without an ID token
 * @param subject the {@code sub} claim: never reassigned at this issuer
 * @param objectId Entra's {@code oid}: the person's object in the tenant
 * @param tenantId Entra's {@code tid}: the tenant that the person signed in to
 * @param username {@code preferred_username}: for people to read; may change, never a key
 * @param name {@code name}: for people to read
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core
 *     §2</a>
 */
public record Account(
    String id,
    String issuer,
    @Nullable String subject,
    @Nullable String objectId,
    @Nullable String tenantId,
    @Nullable String username,
    @Nullable String name) {}
