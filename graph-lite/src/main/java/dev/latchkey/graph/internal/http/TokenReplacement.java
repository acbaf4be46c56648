package dev.latchkey.graph.internal.http;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.error.SignInRequired;
import java.net.http.HttpHeaders;
import java.util.Set;

/**
 * Replaces the token of a refused request: once after a plain 401, once after a claims challenge.
 * Used for one request, by one thread.
 */
public final class TokenReplacement {

  private boolean refreshed;
  private boolean claimsMet;

  /**
   * Replaces the token if the response asks for it.
   *
   * @param sent the token that was refused
   * @param met the claims for which it has been replaced already, the empty string for none; those
   *     are not requested again
   * @return whether to send the request again at once
   * @throws SignInRequired if a refresh cannot satisfy the claims
   */
  public boolean replace(
      GraphConfig config,
      GraphCall call,
      AccessToken sent,
      int status,
      HttpHeaders headers,
      Set<String> met) {
    if (status != 401 && status != 403) {
      return false;
    }
    ClaimsChallenge challenge = ClaimsChallenge.parse(headers).orElse(null);
    String claims = challenge == null ? null : challenge.claims();
    if (claims == null) {
      if (status == 403 || refreshed) {
        return false;
      }
      refreshed = true;
    } else {
      if (claimsMet) {
        // The authorization server considers the claims satisfied and Graph does not, or Graph asks
        // for others each time.
        throw new SignInRequired(
            SignInRequired.Reason.CLAIMS_CHALLENGE,
            SignInRequired.Requirements.NONE
                .withClaims(claims)
                .withAccountId(config.tokens().account().id())
                .withScopes(sent.scopes().requested()),
            call.failed("Graph requires additional claims about the sign-in"),
            null,
            "Sign in again.",
            null);
      }
      claimsMet = true;
    }
    if (met.add(claims == null ? "" : claims)) {
      config.tokens().replace(sent, claims);
    }
    return true;
  }
}
