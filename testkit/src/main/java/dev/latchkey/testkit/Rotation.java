package dev.latchkey.testkit;

/** What becomes of a refresh token when it is redeemed. */
public enum Rotation {
  /**
   * A new refresh token each time, and the old one dies. An old one used again is taken for theft:
   * the whole grant ends, access tokens included. So do Keycloak (reuse 0) and oidc-provider.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700 §4.14.2</a>
   */
  STRICT,
  /** A new refresh token each time, and the old one stays valid. So does Entra ID. */
  LENIENT,
  /** No refresh token in the answer: the client keeps the one it has (RFC 6749 §6). */
  NONE
}
