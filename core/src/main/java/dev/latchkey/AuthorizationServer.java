package dev.latchkey;

import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.metadata.ConfiguredEndpoints;
import dev.latchkey.internal.metadata.DiscoveredEndpoints;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.metadata.ServerEndpoints;
import dev.latchkey.internal.oauth.TenantTemplate;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server that signs people in, and its endpoints. Immutable and thread-safe. Clients that share
 * one share its discovery.
 *
 * <pre>{@code
 * AuthorizationServer server =
 *     AuthorizationServer.discover(URI.create("https://sso.example.com/realms/staff"));
 * }</pre>
 */
public sealed class AuthorizationServer permits Entra {

  private final ServerEndpoints endpoints;

  AuthorizationServer(ServerEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * A server that publishes its metadata by OpenID Connect Discovery or RFC 8414. Sends no request:
   * the first operation that needs the metadata fetches it, with its client's HTTP client, and this
   * object keeps it. After a failed discovery the next operation tries again. An issuer that is not
   * on loopback may name only https endpoints.
   *
   * @param issuer the issuer exactly as the server names itself; a trailing slash matters
   * @return the server
   * @throws IllegalArgumentException if the issuer is neither https nor http on loopback, or has a
   *     query or fragment
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414 §3</a>
   */
  public static AuthorizationServer discover(URI issuer) {
    requireSecure(issuer, "issuer");
    requirePlain(issuer, "issuer");
    return new AuthorizationServer(new DiscoveredEndpoints(issuer));
  }

  /**
   * A server with the given endpoints, which needs no discovery. The application vouches for them:
   * they may be on loopback whatever the issuer is. The server may name a verification URI on
   * loopback only if its device authorization endpoint is there, too.
   *
   * @param issuer the {@code iss} of its ID tokens; null to leave it unchecked. May hold Entra's
   *     {@code {tenantid}} as one segment of its path, for the {@code tid} of the ID token
   * @param deviceAuthorizationEndpoint the endpoint of RFC 8628 §3.1
   * @param tokenEndpoint the endpoint of RFC 6749 §3.2
   * @param revocationEndpoint the endpoint of RFC 7009 §2; null if the server has none
   * @return the server
   * @throws IllegalArgumentException if an endpoint is neither https nor http on loopback, or has a
   *     fragment, or if the issuer is blank or has {@code {tenantid}} elsewhere
   */
  public static AuthorizationServer of(
      @Nullable String issuer,
      URI deviceAuthorizationEndpoint,
      URI tokenEndpoint,
      @Nullable URI revocationEndpoint) {
    Objects.requireNonNull(deviceAuthorizationEndpoint, "deviceAuthorizationEndpoint");
    return of(issuer, deviceAuthorizationEndpoint, null, tokenEndpoint, revocationEndpoint);
  }

  /**
   * A server with the given endpoints, among them the one that {@link
   * PublicClient#beginBrowserSignIn()} needs. Otherwise as {@link #of(String, URI, URI, URI)}.
   *
   * @param issuer the {@code iss} of its ID tokens; null to leave it unchecked
   * @param deviceAuthorizationEndpoint the endpoint of RFC 8628 §3.1; null if the server has none
   * @param authorizationEndpoint the endpoint of RFC 6749 §3.1; null if the server has none
   * @param tokenEndpoint the endpoint of RFC 6749 §3.2
   * @param revocationEndpoint the endpoint of RFC 7009 §2; null if the server has none
   * @return the server
   * @throws IllegalArgumentException if an endpoint is neither https nor http on loopback, or has a
   *     fragment, or if the issuer is blank or has {@code {tenantid}} elsewhere
   */
  public static AuthorizationServer of(
      @Nullable String issuer,
      @Nullable URI deviceAuthorizationEndpoint,
      @Nullable URI authorizationEndpoint,
      URI tokenEndpoint,
      @Nullable URI revocationEndpoint) {
    if (issuer != null && issuer.isBlank()) {
      throw new IllegalArgumentException("issuer is blank");
    }
    if (issuer != null && issuer.contains("{") && !TenantTemplate.isTemplate(issuer)) {
      throw new IllegalArgumentException(
          "issuer must have {tenantid} as one segment of its path, or no braces: " + issuer);
    }
    requireEndpoint(deviceAuthorizationEndpoint, "deviceAuthorizationEndpoint");
    requireEndpoint(authorizationEndpoint, "authorizationEndpoint");
    requireEndpoint(Objects.requireNonNull(tokenEndpoint, "tokenEndpoint"), "tokenEndpoint");
    requireEndpoint(revocationEndpoint, "revocationEndpoint");
    return new AuthorizationServer(
        new ConfiguredEndpoints(
            new Metadata(
                issuer,
                deviceAuthorizationEndpoint,
                authorizationEndpoint,
                tokenEndpoint,
                revocationEndpoint,
                null,
                false,
                false)));
  }

  /** RFC 6749 §3.2: "The endpoint URI MUST NOT include a fragment component." */
  private static void requireEndpoint(@Nullable URI uri, String what) {
    if (uri == null) {
      return;
    }
    requireSecure(uri, what);
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException(what + " must have no fragment: " + uri);
    }
  }

  static void requireSecure(URI uri, String what) {
    if (!SecureUri.allows(uri)) {
      throw new IllegalArgumentException(
          what + " must be https, or http on loopback, with a host: " + uri);
    }
  }

  static void requirePlain(URI uri, String what) {
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(what + " must have no query and no fragment: " + uri);
    }
  }

  ServerEndpoints endpoints() {
    return endpoints;
  }

  /** Names the server in logs and messages. */
  @Override
  public String toString() {
    return "AuthorizationServer[" + endpoints.id() + "]";
  }
}
