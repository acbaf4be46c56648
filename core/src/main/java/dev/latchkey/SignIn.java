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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A pending sign-in, which waits for a person. Waiting holds no thread: it is a timer and, now and
 * then, an HTTP exchange. Thread-safe.
 *
 * <pre>{@code
 * SignIn signIn = client.beginSignIn();
 * System.out.println(signIn.deviceAuthorization().instructions());
 * signIn.onProgress(progress -> System.out.println(progress.state()));
 * Account account = signIn.await().account(); // or result(), which does not block
 * }</pre>
 */
public interface SignIn {

  /**
   * What to show to the person.
   *
   * @return the codes and URIs that the server sent
   */
  DeviceAuthorization deviceAuthorization();

  /**
   * Waits until the person finishes in the browser or the code expires. Blocks for up to {@link
   * DeviceAuthorization#expiresIn()}, usually 15 minutes. An interrupt cancels the sign-in, unless
   * the tokens are being stored already. A server that is busy, down or unreachable does not end
   * the sign-in before the code expires, and neither does a token store that fails.
   *
   * @return the finished sign-in, already in the token store unless {@link
   *     SignInResult#storeFailure()} says why not
   * @throws SignInDeclined if the person refused
   * @throws SignInExpired if the code expired first
   * @throws SignInCancelled if it was cancelled, or this thread was interrupted; its interrupt flag
   *     is then set
   * @throws AdminActionRequired if a policy of the organization forbids the sign-in
   * @throws AccountProblem if the account is blocked, disabled or otherwise unusable
   * @throws AppMisconfigured if the server refuses the program, not the person. Entra issues a code
   *     to an app that does not allow public client flows, and refuses it here (AADSTS7000218)
   * @throws SignInRequired if only another sign-in can succeed: the server rejects the device code,
   *     though it should still be valid, or requires additional claims
   * @throws InvalidResponse if the ID token is invalid, or the server's responses are: when the
   *     code expires, or after three in a row that no captive portal sends, such as 404
   * @throws ServiceUnavailable if the program is exiting, or no thread is available to store the
   *     session
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
   */
  SignInResult await();

  /**
   * The result as a future, for programs that must not block. It completes on a daemon thread,
   * where continuations may block. Cancelling the future does not cancel the sign-in; {@link
   * #cancel()} does.
   *
   * @return a new future for each call. It fails with the types that {@link #await()} throws, seen
   *     as {@link TokenSource#getAsync()} says: as they are by {@code handle} on this future,
   *     wrapped where the JDK passes them on
   */
  CompletableFuture<SignInResult> result();

  /**
   * Tells a listener how the waiting goes: after each poll from now on that does not end the
   * sign-in. It is called on a daemon thread, one call after another, where it may block; a dialog
   * hands over to its own thread. What it throws is logged. A call that is under way may outlast
   * the sign-in.
   *
   * @param listener the listener; each one that is added is told
   * @implSpec The default implementation, for an application's own test doubles, tells nothing
   */
  default void onProgress(Consumer<SignInProgress> listener) {}

  /**
   * Ends the sign-in at once, even in the middle of an HTTP exchange. No request follows, and store
   * and accounts stay as they were. Does not block.
   *
   * @return true if the sign-in is cancelled; false if it had ended already, or its tokens have
   *     arrived and are being stored
   */
  boolean cancel();
}
