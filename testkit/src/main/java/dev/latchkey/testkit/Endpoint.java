package dev.latchkey.testkit;

/**
 * The endpoints of the fake server, for {@linkplain Fault faults} and for the request log.
 *
 * @see Fault
 */
public enum Endpoint {
  /** {@code /{tenant}/oauth2/v2.0/devicecode}: device authorization requests (RFC 8628 §3.1). */
  DEVICE_AUTHORIZATION,
  /** {@code /{tenant}/oauth2/v2.0/authorize}: the page of sign-ins in the browser. */
  AUTHORIZATION,
  /** {@code /{tenant}/oauth2/v2.0/token}: the polls of sign-ins, and refreshes. */
  TOKEN,
  /** The metadata documents of OpenID Connect Discovery and RFC 8414. */
  DISCOVERY,
  /** {@code /{tenant}/oauth2/v2.0/revoke} (RFC 7009). Absent by default. */
  REVOCATION,
  /** {@code /oidc/userinfo}: answers which user an access token belongs to. */
  USERINFO,
  /** {@code /device}: the web page where users type the code and approve. */
  PAGE,
  /** {@code /v1.0/…}: Microsoft Graph. */
  GRAPH,
  /** Upload URLs, on another port than Graph. */
  UPLOAD,
  /** Download URLs, on another port than Graph. */
  DOWNLOAD,
  /** Any other path. */
  OTHER
}
