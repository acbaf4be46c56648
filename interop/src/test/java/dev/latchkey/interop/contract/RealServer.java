package dev.latchkey.interop.contract;

import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;
import java.net.URI;

/** What both real servers have, as the tests of signing in and staying signed in need it. */
public interface RealServer extends AutoCloseable {

  URI issuer();

  /** The public client that may use the device grant and gets refresh tokens. */
  String clientId();

  /** A user without a browser: much quicker. */
  EndUser person();

  /** The same user at a screen. */
  EndUser personAt(PageDriver screen);

  /** How many refresh tokens were redeemed with success. */
  long redemptions();

  /** How many refreshes were refused: a reuse shows here. */
  long refusedRedemptions();

  /** How many polls came too fast, by the server's own word or, if it has none, by its clock. */
  long tooFastPolls();

  @Override
  void close();
}
