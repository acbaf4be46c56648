package dev.latchkey.interop.glewlwyd;

import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;
import java.util.Map;

/** A person at glewlwyd: signs in, consents, and continues with the user code. */
record GlewlwydUser(URI root, String username, String password, String scopes) implements EndUser {

  @Override
  public void approve(URI verificationUri, String userCode) {
    GlewlwydApi api = GlewlwydApi.signIn(root, username, password);
    api.put("auth/grant/" + GlewlwydServer.CLIENT, Map.of("scope", scopes));
    String last = api.redirectOf(URI.create(verificationUri + "?code=" + userCode + "&g_continue"));
    if (!last.contains("prompt=deviceComplete")) {
      throw new AssertionError("The last page is " + last);
    }
  }

  /** glewlwyd's pages have no way to decline: whoever does not want to sign in leaves them. */
  @Override
  public void deny(URI verificationUri, String userCode) {
    throw new UnsupportedOperationException("glewlwyd asks nobody");
  }

  /** Leaves out the password. */
  @Override
  public String toString() {
    return "GlewlwydUser[" + username + "]";
  }
}
