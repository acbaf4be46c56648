package dev.latchkey;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Provides the access tokens of one account and one scope set. Thread-safe: share it, keep it, and
 * call it before every request. Applications may implement it in their own tests.
 *
 * <p>An interrupt ends the wait of each method with a {@link
 * java.util.concurrent.CancellationException}; the interrupt flag is then set. A refresh in
 * progress goes on for other callers.
 */
public interface TokenSource {

  /**
   * A valid access token. While it is fresh, it comes from memory without a lock. In the last fifth
   * of its lifetime (at most 5 minutes), or from {@code refresh_in} on, it is still returned at
   * once and one refresh runs in the background. By chance that begins earlier, by up to a sixth of
   * the lifetime (at most 10 minutes), or up to a minute later than {@code refresh_in}, so that
   * many programs do not refresh together; a token of less than 5 minutes is not moved, nor a
   * {@code refresh_in} of less. Once it has expired, blocks until a refresh that all callers share
   * is done, normally one request.
   *
   * <p>Waits up to {@link PublicClientBuilder#leaseTimeout} for others that refresh the same
   * session. Each request takes up to {@link PublicClientBuilder#requestTimeout}. A second request
   * follows if the first one never left or others changed the session meanwhile; after four such
   * changes the call fails.
   *
   * @return a token that was valid a moment ago
   * @throws SignInRequired if the session has ended, or the server requires the person for this
   *     token: begin a sign-in with it
   * @throws Throttled if the server asks for fewer requests; calls before {@code retryAfter} send
   *     no request
   * @throws ServiceUnavailable if the server cannot be reached; the session is not lost
   * @throws TokenStoreFailure if the store cannot be read, written or locked; the session is not
   *     lost
   * @throws LatchkeyException for the other types of the family
   */
  AccessToken get();

  /**
   * A new access token that satisfies the claims of a challenge. Always refreshes, with these
   * claims, and blocks until that is done.
   *
   * @param claims the decoded JSON that the resource server sent
   * @return a token fetched with these claims
   * @throws SignInRequired with these claims, if only the person can satisfy them
   * @throws IllegalArgumentException if {@code claims} is not a JSON object
   * @throws LatchkeyException as {@link #get()}
   */
  AccessToken getWithClaims(String claims);

  /**
   * An access token that replaces one that a resource server rejected. Refreshes and blocks until
   * that is done, unless another caller replaced the token already, with the same claims if there
   * are any. Callers with the same rejected token and the same claims share one refresh.
   *
   * @param rejected the rejected token
   * @param claims the decoded JSON of the claims challenge that came with the rejection; null if
   *     none came
   * @return a token with another value, fetched with the claims if there are any; the same value
   *     only if the server insists on it
   * @throws SignInRequired if the session has ended, or only the person can satisfy the claims
   * @throws IllegalArgumentException if {@code claims} is not a JSON object
   * @throws LatchkeyException as {@link #get()}
   */
  AccessToken replace(AccessToken rejected, @Nullable String claims);

  /**
   * {@link #get()} for callers that must not block, such as the thread of a user interface, a
   * coroutine or a reactive stream. Never blocks: a token in memory is there at once, and a refresh
   * begins on one of the client's {@linkplain PublicClientBuilder#executor workers}. It holds no
   * thread while it waits for the server or for another refresh of the account in this process. A
   * call of the token store holds one, and so does the wait for another process that refreshes the
   * same session.
   *
   * <pre>{@code
   * tokens.getAsync().whenCompleteAsync(this::show, SwingUtilities::invokeLater);
   * Mono<AccessToken> token = Mono.fromFuture(tokens::getAsync);    // Reactor
   * }</pre>
   *
   * <p>In Kotlin it is {@code tokens.getAsync().await()}, with kotlinx-coroutines.
   *
   * <p>Continuations run on a daemon thread of their own, where they may block, or at once if the
   * token is there. Cancelling the future harms no one: the refresh goes on for other callers.
   *
   * @return a new future for each call. It fails with the types that {@link #get()} throws: {@code
   *     handle}, {@code whenComplete} and {@code exceptionally} on this future see them as they
   *     are. Where the JDK passes a failure on, it wraps it: {@code join()} and the stages that
   *     follow {@code thenApply} and its like see a {@link
   *     java.util.concurrent.CompletionException} whose cause it is, and {@code get()} an {@link
   *     java.util.concurrent.ExecutionException}
   * @implSpec The default implementation, for an application's own test doubles, calls {@link
   *     #get()} on this thread
   */
  default CompletableFuture<AccessToken> getAsync() {
    try {
      return CompletableFuture.completedFuture(get());
    } catch (LatchkeyException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * {@link #getWithClaims(String)} without blocking, as {@link #getAsync()}.
   *
   * @param claims the decoded JSON that the resource server sent
   * @return as {@link #getAsync()}
   * @throws IllegalArgumentException at once, if {@code claims} is not a JSON object
   * @implSpec The default implementation calls {@link #getWithClaims(String)} on this thread
   */
  default CompletableFuture<AccessToken> getAsync(String claims) {
    try {
      return CompletableFuture.completedFuture(getWithClaims(claims));
    } catch (LatchkeyException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * {@link #replace(AccessToken, String)} without blocking, as {@link #getAsync()}.
   *
   * @param rejected the rejected token
   * @param claims the decoded JSON of the claims challenge that came with the rejection; null if
   *     none came
   * @return as {@link #getAsync()}
   * @throws IllegalArgumentException at once, if {@code claims} is not a JSON object
   * @implSpec The default implementation calls {@link #replace(AccessToken, String)} on this thread
   */
  default CompletableFuture<AccessToken> replaceAsync(
      AccessToken rejected, @Nullable String claims) {
    try {
      return CompletableFuture.completedFuture(replace(rejected, claims));
    } catch (LatchkeyException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The account that the tokens belong to.
   *
   * @return the account
   */
  Account account();
}
