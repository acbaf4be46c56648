package dev.latchkey;

import dev.latchkey.error.AccountProblem;
import dev.latchkey.error.AdminActionRequired;
import dev.latchkey.error.AppMisconfigured;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInCancelled;
import dev.latchkey.error.SignInDeclined;
import dev.latchkey.error.SignInExpired;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A pending sign-in in a browser on this computer: the authorization code grant with PKCE, whose
 * answer the browser brings to a port on loopback. What follows is as after a {@link SignIn}: the
 * same session, the same store, the same exceptions. Open {@link #uri()} in the person's browser;
 * the library opens none by itself. Waiting takes one daemon thread and the port, until the answer
 * has come or {@link #expiresIn()} has passed. Thread-safe.
 *
 * <p>Where the browser is on another computer (SSH, containers), the answer never arrives. There
 * {@link PublicClient#beginSignIn()} is the way.
 *
 * <pre>{@code
 * BrowserSignIn signIn = client.beginBrowserSignIn();
 * System.out.println("Sign in at " + signIn.uri());
 * Browsers.open(signIn.uri());
 * Account account = signIn.await().account();
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252">RFC 8252</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</a>
 */
public interface BrowserSignIn {

  /**
   * The page to open in the person's browser: https, or, at a server on loopback, http. It is for
   * this sign-in and this person only; do not log it. Open it at once: where the server takes
   * pushed requests only (RFC 9126), it may be good for no more than a minute, and afterwards the
   * page shows an error.
   *
   * @return the authorization request
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749 §4.1.1</a>
   */
  URI uri();

  /**
   * Where the browser brings the answer.
   *
   * @return the redirect URI on loopback, with the port
   */
  URI redirectUri();

  /**
   * How long the sign-in waits for the browser.
   *
   * @return the limit of {@link LoopbackRedirect#limit()}, counted from the beginning
   */
  Duration expiresIn();

  /**
   * Waits until the person finishes in the browser or the time is up. Blocks for up to {@link
   * #expiresIn()}, usually 15 minutes, and one request. An interrupt cancels the sign-in, unless
   * the tokens are being stored already. A closed tab looks like a person who takes their time.
   * Many refusals the server shows on its page only, and then nothing arrives here.
   *
   * @return the finished sign-in, already in the token store unless {@link
   *     SignInResult#storeFailure()} says why not
   * @throws SignInDeclined if the person refused or cancelled
   * @throws SignInExpired if nobody finished in time
   * @throws SignInCancelled if it was cancelled, or this thread was interrupted; its interrupt flag
   *     is then set
   * @throws AdminActionRequired if a policy of the organization forbids the sign-in
   * @throws AccountProblem if the account is blocked, disabled or otherwise unusable
   * @throws AppMisconfigured if the server refuses the program, not the person
   * @throws SignInRequired if only another sign-in can succeed: the server rejects the
   *     authorization code, or requires additional claims
   * @throws InvalidResponse if the answer came from another server than was asked (RFC 9207), is
   *     not one, or the ID token is invalid
   * @throws Throttled if the server asks for fewer requests when the code is redeemed
   * @throws ServiceUnavailable if the server cannot be reached or is down when the code is
   *     redeemed, or if the program is exiting. The code is used once: begin again
   */
  SignInResult await();

  /**
   * The result as a future, for programs that must not block. It completes on a daemon thread,
   * where continuations may block. Cancelling the future does not cancel the sign-in; {@link
   * #cancel()} does.
   *
   * @return a new future for each call. It fails with the types that {@link #await()} throws, seen
   *     as {@link TokenSource#getAsync()} says
   */
  CompletableFuture<SignInResult> result();

  /**
   * Ends the sign-in and frees its port, even in the middle of an HTTP exchange. No request
   * follows, and store and accounts stay as they were. Does not block.
   *
   * @return true if the sign-in is cancelled; false if it had ended already, or its tokens have
   *     arrived and are being stored
   */
  boolean cancel();
}
