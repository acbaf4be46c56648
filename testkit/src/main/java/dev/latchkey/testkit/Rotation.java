package dev.latchkey.testkit;

/**
 * What happens to a refresh token when it is redeemed.
 *
 * @see FakeServerSettings
 */
public enum Rotation {
  /**
   * Each answer has a new refresh token, and the old one becomes invalid. Using an old one counts
   * as theft and ends the whole grant, including its access tokens. Keycloak (reuse 0) and
   * oidc-provider do so.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700 §4.14.2</a>
   */
  STRICT,
  /** Each answer has a new refresh token, and the old ones stay valid. Entra ID does so. */
  LENIENT,
  /** No answer has a refresh token, and the client keeps the one it has (RFC 6749 §6). */
  NONE
}
