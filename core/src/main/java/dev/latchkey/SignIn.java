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

/**
 * A sign-in that waits for a person. Waiting holds no thread: a pending sign-in is a timer and, now
 * and then, an HTTP exchange. Thread-safe.
 */
public interface SignIn {

  /**
   * What to show to the person.
   *
   * @return the codes and addresses that the server gave
   */
  DeviceAuthorization deviceAuthorization();

  /**
   * Waits until the person finishes in the browser or the code expires. Blocks for up to {@link
   * DeviceAuthorization#expiresIn()}, usually 15 minutes. An interrupt cancels the sign-in, unless
   * the person's approval is being stored already: that is waited for. A server that is busy, down
   * or out of reach is waited out, and a store that fails ends nothing either.
   *
   * @return who signed in; already in the token store unless {@link SignInResult#storeFailure()}
   *     says why not
   * @throws SignInDeclined if the person refused
   * @throws SignInExpired if nobody finished in time
   * @throws SignInCancelled if it was cancelled, or this thread was interrupted (its flag is then
   *     set)
   * @throws AdminActionRequired if a policy forbids it
   * @throws AccountProblem if the account itself stands in the way
   * @throws AppMisconfigured if the server refuses the program and not the person. Entra issues a
   *     code to an app that does not allow public client flows, and refuses it here (AADSTS7000218)
   * @throws SignInRequired if this sign-in cannot come to an end and another may: the server does
   *     not take the device code, though it should still be valid, or wants claims besides
   * @throws InvalidResponse if the server's answers, or the ID token, were not what they must be
   * @throws ServiceUnavailable if the program is exiting, or no thread can be had to store the
   *     session
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.5">RFC 8628 §3.5</a>
   */
  SignInResult await();

  /**
   * The same as a future, for programs that must not block. It completes on a daemon thread on
   * which what follows may block. To end the sign-in use {@link #cancel()}: cancelling the returned
   * copy only cancels the copy.
   *
   * @return a future of its own for each call, failed with the types that {@link #await()} throws
   */
  CompletableFuture<SignInResult> result();

  /**
   * Ends the sign-in at once, even in the middle of an HTTP exchange; no request follows, and store
   * and accounts stay as they were. Does not block.
   *
   * @return true if it is cancelled; false if it had ended already, or the person's approval has
   *     arrived and is being stored
   */
  boolean cancel();
}
