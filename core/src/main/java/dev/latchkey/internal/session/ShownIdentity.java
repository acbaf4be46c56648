package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * Whom the answer to a refresh was meant for, as far as it shows. A server may leave the ID token
 * out, and one that cannot be read shows nobody.
 *
 * <p>Not compared: {@code auth_time}, which servers renew when the person authenticates again in
 * the browser, and {@code nonce}, which a device sign-in does not send.
 *
 * @param token the ID token of the answer; null if it shows nobody
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse">OpenID
 *     Connect Core §12.2</a>
 */
record ShownIdentity(@Nullable IdToken token) {

  private static final String ANSWERED_FOR = "The refresh was answered for ";
  private static final String MIXED_UP =
      "Correct the proxy or cache that mixes up the server's responses; without one,"
          + " sign in again and report it to the operator of the server.";
  private static final String OTHER_TENANT =
      "Sign in again to work in the other tenant, or give the client the tenant of the account.";

  static ShownIdentity in(Reply reply) {
    String jwt = TokenResponse.idToken(reply);
    try {
      return new ShownIdentity(jwt == null ? null : IdToken.parse(jwt));
    } catch (InvalidResponse unreadable) {
      return new ShownIdentity(null);
    }
  }

  /**
   * The failure that says who it is instead of this account; null if nothing shows anybody else.
   *
   * @param clientId the client that asked
   * @param issuer the issuer of an account that no ID token named yet; null if it is unknown
   */
  @Nullable InvalidResponse otherThan(Account account, String clientId, @Nullable String issuer) {
    if (token == null) {
      return null;
    }
    if (differs(account.tenantId(), token.tenantId())) {
      return failure("tenant", token.tenantId(), account.tenantId(), OTHER_TENANT);
    }
    String expected = account.subject() == null ? token.issuerOf(issuer) : account.issuer();
    if (differs(expected, token.issuer())) {
      return failure("issuer", token.issuer(), expected, MIXED_UP);
    }
    if (differs(account.subject(), token.subject())) {
      return failure("another person than the one who signed in");
    }
    if (!token.isFor(clientId)) {
      return failure("another client than the one that asked");
    }
    return null;
  }

  private static boolean differs(@Nullable String expected, @Nullable String found) {
    return expected != null && found != null && !expected.equals(found);
  }

  private static InvalidResponse failure(
      String what, @Nullable String found, @Nullable String expected, String remedy) {
    String whom = what + " " + IdToken.shown(found) + ", not for " + IdToken.shown(expected);
    return new InvalidResponse(ANSWERED_FOR + whom, null, remedy, null);
  }

  private static InvalidResponse failure(String whom) {
    return new InvalidResponse(ANSWERED_FOR + whom, null, MIXED_UP, null);
  }

  /** Leaves out the person. */
  @Override
  public String toString() {
    return "ShownIdentity[" + (token == null ? "nobody" : "somebody") + "]";
  }
}
