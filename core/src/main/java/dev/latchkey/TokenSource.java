package dev.latchkey;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * Hands out access tokens of one account and one scope set. Thread-safe: share it, keep it, and ask
 * it before every request. Applications may implement it in their own tests.
 *
 * <p>An interrupt while one of the methods waits ends the wait with a {@link
 * java.util.concurrent.CancellationException}, the thread's interrupt flag set; a refresh that is
 * under way goes on for the others.
 */
public interface TokenSource {

  /**
   * A valid access token. From memory without a lock while it is fresh. In its last fifth (at most
   * 5 minutes), or from {@code refresh_in} on, it is still returned at once while one refresh runs
   * beside. Once it has expired, blocks until a refresh that all callers share is done: normally
   * one request. Waits for others that refresh the same session for {@link
   * PublicClientBuilder#leaseTimeout} at most. A request takes {@link
   * PublicClientBuilder#requestTimeout} at most; there may be a second, if the first never left or
   * others changed the session meanwhile, and after four such changes it is given up.
   *
   * @return a token that was valid a moment ago
   * @throws SignInRequired if the session has ended, or the server wants the person for this token:
   *     begin a sign-in with it
   * @throws Throttled if the server asks for fewer requests; calls before {@code retryAfter} make
   *     none
   * @throws ServiceUnavailable if the server cannot be reached; the session is not lost
   * @throws TokenStoreFailure if the store cannot be read, written or locked; nothing is lost then
   * @throws LatchkeyException for the rarer types of the family
   */
  AccessToken get();

  /**
   * A new access token that satisfies the claims of a challenge: they are sent with a refresh, past
   * whatever is in memory. Blocks for that.
   *
   * @param claims the JSON that the resource server sent, decoded
   * @return a token fetched with these claims
   * @throws SignInRequired with these claims if only the person can satisfy them
   * @throws IllegalArgumentException if {@code claims} is no JSON object
   * @throws LatchkeyException as {@link #get()}
   */
  AccessToken getWithClaims(String claims);

  /**
   * Another access token than one that a resource server refused: refreshes unless somebody already
   * did, with the same claims if there are any. Blocks for that. Callers that hold the same refused
   * token and the same claims share one refresh.
   *
   * @param rejected the token that was refused
   * @param claims the JSON of the claims challenge that came with the refusal, or null
   * @return a token with another value, fetched with the claims if there are any; the same value
   *     only if the server answered the refresh with it
   * @throws SignInRequired if the session has ended, or only the person can satisfy the claims
   * @throws IllegalArgumentException if {@code claims} is no JSON object
   * @throws LatchkeyException as {@link #get()}
   */
  AccessToken replace(AccessToken rejected, @Nullable String claims);

  /**
   * Whose tokens these are.
   *
   * @return the account
   */
  Account account();
}
