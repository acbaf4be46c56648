package dev.latchkey.interop.contract;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** A real authorization server, as the tests of signing in and staying signed in need it. */
public interface RealServer extends AutoCloseable {

  URI issuer();

  /** The public client that may use the device grant and gets refresh tokens. */
  String clientId();

  /** A scope that the client may have, and gets only if it requests it at the sign-in. */
  String anotherScope();

  /** A user without a browser, which is much faster. */
  EndUser person();

  /** The same user with a page driver. */
  EndUser personAt(PageDriver screen);

  /** How many refresh tokens were redeemed successfully. */
  long redemptions();

  /** How many refreshes were rejected; reuse of a token counts. */
  long refusedRedemptions();

  /** How many polls came too fast, as reported by the server or, if it does not, by its clock. */
  long tooFastPolls();

  @Override
  void close();
}
