package dev.latchkey.testkit;

/** The endpoints of the fake server, to aim a {@link Fault} at and to read the request log by. */
public enum Endpoint {
  /** {@code /{tenant}/oauth2/v2.0/devicecode}: where a sign-in begins (RFC 8628 §3.1). */
  DEVICE_AUTHORIZATION,
  /** {@code /{tenant}/oauth2/v2.0/token}: polls of a sign-in and refreshes. */
  TOKEN,
  /** The metadata documents of OpenID Connect Discovery and RFC 8414. */
  DISCOVERY,
  /** {@code /{tenant}/oauth2/v2.0/revoke} (RFC 7009), there only if asked for. */
  REVOCATION,
  /** {@code /oidc/userinfo}: a resource that answers whom an access token speaks for. */
  USERINFO,
  /** {@code /device}: the web page where a person types the code and approves. */
  PAGE,
  /** {@code /v1.0/…}: Microsoft Graph. */
  GRAPH,
  /** Upload URLs, which stand on another port than Graph. */
  UPLOAD,
  /** Download URLs, which stand on another port than Graph. */
  DOWNLOAD,
  /** Any other path. */
  OTHER
}
