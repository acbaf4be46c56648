package dev.latchkey.interop;

import java.net.URI;

/**
 * The user's part of a sign-in: opens the verification URI, types the user code if the page asks
 * for it, signs in, and decides. Blocks until the authorization server has shown its last page.
 */
interface Person {
  /** Lets the client in. */
  void approve(URI verificationUri, String userCode);

  /** Refuses the client. */
  void deny(URI verificationUri, String userCode);
}
