package dev.latchkey.graph.http;

import dev.latchkey.AccessToken;
import dev.latchkey.ClaimsChallenge;
import dev.latchkey.error.SignInRequired;
import java.net.http.HttpHeaders;
import java.util.Set;

/**
 * Whether a refused request goes again with another token: once after a plain refusal, once after a
 * claims challenge. Used for one request, by one thread.
 */
public final class Renewal {

  private boolean refreshed;
  private boolean claimsMet;

  /**
   * Gets another token if that is what the answer asks for.
   *
   * @param sent the token that was refused
   * @param met the claims for which it has been replaced since, empty for none: not once more
   * @return whether the request is worth sending again, at once
   * @throws SignInRequired if the claims cannot be satisfied by a refresh
   */
  public boolean bringsBetterToken(
      Settings settings,
      Call call,
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
        // The server took the claims for satisfied, Graph does not; or it asks for others each
        // time.
        throw new SignInRequired(
            SignInRequired.Reason.CLAIMS_CHALLENGE,
            claims,
            settings.tokens().account().id(),
            call.failed("Graph wants more proof of who is signed in"),
            null,
            "Sign in again.",
            null);
      }
      claimsMet = true;
    }
    if (met.add(claims == null ? "" : claims)) {
      settings.tokens().replace(sent, claims);
    }
    return true;
  }
}
