package dev.latchkey.internal.metadata;

import dev.latchkey.internal.oauth.Exchange;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of an authorization server. All URIs are https, or http on loopback: whoever makes
 * one checks that, and {@link Exchange} sends nothing to any other.
 *
 * @param issuer the issuer that ID tokens must name; may hold Entra's {@code {tenantid}}; null if
 *     it is unknown
 * @param deviceAuthorizationEndpoint RFC 8628 §3.1; null if the server has none
 * @param authorizationEndpoint RFC 6749 §3.1; null if the server has none
 * @param tokenEndpoint RFC 6749 §3.2
 * @param revocationEndpoint RFC 7009 §2; null if the server has none
 * @param pushedAuthorizationEndpoint RFC 9126 §2; null if the server has none
 * @param requiresPushedRequests whether it takes authorization requests by that endpoint only (RFC
 *     9126 §5)
 * @param namesItself whether its authorization responses hold {@code iss} (RFC 9207 §3)
 */
public record Metadata(
    @Nullable String issuer,
    @Nullable URI deviceAuthorizationEndpoint,
    @Nullable URI authorizationEndpoint,
    URI tokenEndpoint,
    @Nullable URI revocationEndpoint,
    @Nullable URI pushedAuthorizationEndpoint,
    boolean requiresPushedRequests,
    boolean namesItself) {}
