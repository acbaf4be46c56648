package dev.latchkey.internal.signin;

import dev.latchkey.error.LatchkeyException;
import org.jspecify.annotations.Nullable;

/** Says what a request to the redirect URI means, for tests of other packages. */
public final class ReadAuthorizationResponse {

  private ReadAuthorizationResponse() {}

  /** Why it ends the sign-in; null if it does not, or brings a code. */
  public static @Nullable LatchkeyException failure(String query, String state, String issuer) {
    var meaning = new AuthorizationResponse(state, issuer, false).meaning(query);
    return meaning instanceof AuthorizationResponse.Failed failed ? failed.failure() : null;
  }
}
