package dev.latchkey;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.session.SessionRecord;
import dev.latchkey.internal.session.Sessions;
import dev.latchkey.internal.session.SignOut;
import dev.latchkey.internal.signin.CodeSignIn;
import dev.latchkey.internal.signin.DeviceSignIn;
import dev.latchkey.internal.signin.PollingSignIn;
import dev.latchkey.internal.signin.RedirectedSignIn;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in and provides their access tokens. An OAuth public client is a program on a
 * person's own machine, which cannot keep a client secret. Build one and keep it for the life of
 * the program. Thread-safe. There is nothing to close: every thread is a daemon.
 *
 * <pre>{@code
 * var client = PublicClient.builder()
 *     .authorizationServer(Entra.common())
 *     .clientId("your-client-id")
 *     .scopes("User.Read")
 *     .build();
 *
 * SignIn signIn = client.beginSignIn();
 * System.out.println(signIn.deviceAuthorization().instructions());
 * Account account = signIn.await().account();
 *
 * String header = "Bearer " + client.tokens(account).get().value();
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628</a>
 */
public final class PublicClient {

  private final ClientConfig config;
  private final Sessions sessions;

  PublicClient(ClientConfig config) {
    this.config = config;
    this.sessions = new Sessions(config);
  }

  /**
   * Returns a builder of a client.
   *
   * @return a builder
   */
  public static PublicClientBuilder builder() {
    return new PublicClientBuilder();
  }

  /**
   * Requests a code for the person to type, once the token store has said that it would take the
   * session. Blocks on the store and for one request, or for up to three if the server has to be
   * discovered first. The pending sign-in then waits for the person without a thread.
   *
   * @return the pending sign-in
   * @throws LatchkeyException if the server refuses or cannot be reached: {@code AppMisconfigured}
   *     for a wrong client id or scope; {@code AdminActionRequired} if a policy denies it; {@code
   *     ServiceUnavailable} without a connection; {@code Throttled} if the server asks for fewer
   *     requests; {@code SignInCancelled} if this thread is interrupted; never {@code
   *     SignInRequired}; {@code TokenStoreFailure} if the store would refuse the session, before
   *     anything is sent. While a {@code Retry-After} of the server lasts, fails without a request
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.1">RFC 8628 §3.1</a>
   */
  public SignIn beginSignIn() {
    return beginSignIn(SignInOptions.NONE);
  }

  /**
   * Begins to sign in again and requests what the exception requires: its claims, its account, its
   * scopes together with the others of the client and of the account, and the strength that an API
   * demands. After the sign-in, the call that threw it succeeds. To add a language or a login hint,
   * start from {@link SignInOptions#of}. If the exception names an account, the token store is read
   * first; if it cannot be read, only the account's other scopes are left out.
   *
   * @param why the exception that {@link TokenSource#get()} or an API wrapper threw
   * @return the pending sign-in
   * @throws LatchkeyException as {@link #beginSignIn()}
   */
  public SignIn beginSignIn(SignInRequired why) {
    return beginSignIn(SignInOptions.of(why));
  }

  /**
   * Begins a sign-in with options.
   *
   * @param options scopes, claims, account, language and strength of this sign-in
   * @return the pending sign-in
   * @throws LatchkeyException as {@link #beginSignIn()}
   */
  public SignIn beginSignIn(SignInOptions options) {
    CompletableFuture<PollingSignIn> begun =
        new DeviceSignIn(config, sessions, options.request()).begin();
    return Futures.awaitSignIn(
        begun, () -> begun.cancel(true) || cancelled(begun, PollingSignIn::cancel));
  }

  /**
   * Begins a sign-in in the person's browser on this computer: the authorization code grant with
   * PKCE, for where a policy forbids the device code flow. Asks the token store first whether it
   * would take the session, then takes a port on loopback. Blocks on the store, for up to two
   * requests if the server has to be discovered first, and for one more if its metadata say that it
   * takes pushed authorization requests only (RFC 9126). Open {@link BrowserSignIn#uri()}. Where a
   * refresh token is wanted, servers other than Entra are asked to show the consent page each time,
   * without which they issue none (OpenID Connect Core §11).
   *
   * @return the pending sign-in
   * @throws LatchkeyException if it cannot begin: {@code AppMisconfigured} if the server has no
   *     authorization endpoint; {@code ServiceUnavailable} without a connection for the discovery,
   *     or if no port is free; {@code SignInCancelled} if this thread is interrupted; {@code
   *     TokenStoreFailure} if the store would refuse the session; never {@code SignInRequired}.
   *     Where the server takes pushed requests only, also what it answers to one: {@code
   *     AppMisconfigured}, {@code AdminActionRequired}, {@code Throttled}, {@code
   *     ServiceUnavailable} or {@code InvalidResponse}; while a {@code Retry-After} of the server
   *     lasts, fails without a request
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8252">RFC 8252</a>
   */
  public BrowserSignIn beginBrowserSignIn() {
    return beginBrowserSignIn(SignInOptions.NONE);
  }

  /**
   * Begins to sign in again in the browser and requests what the exception requires, as {@link
   * #beginSignIn(SignInRequired)} does. Blocks as {@link #beginBrowserSignIn()}; if the exception
   * names an account, the token store is read, too.
   *
   * @param why the exception that {@link TokenSource#get()} or an API wrapper threw
   * @return the pending sign-in
   * @throws LatchkeyException as {@link #beginBrowserSignIn()}
   */
  public BrowserSignIn beginBrowserSignIn(SignInRequired why) {
    return beginBrowserSignIn(SignInOptions.of(why));
  }

  /**
   * Begins a sign-in in the browser with options. Blocks as {@link #beginBrowserSignIn()}; if they
   * name an account, the token store is read, too.
   *
   * @param options scopes, claims, account, language and strength of this sign-in
   * @return the pending sign-in
   * @throws LatchkeyException as {@link #beginBrowserSignIn()}
   */
  public BrowserSignIn beginBrowserSignIn(SignInOptions options) {
    CompletableFuture<RedirectedSignIn> begun =
        new CodeSignIn(config, sessions, options.request()).begin();
    return Futures.awaitSignIn(
        begun, () -> begun.cancel(true) || cancelled(begun, RedirectedSignIn::cancel));
  }

  /** Cancels a sign-in that has begun already. */
  private static <T> boolean cancelled(CompletableFuture<T> begun, Predicate<T> cancel) {
    return begun.isDone() && !begun.isCompletedExceptionally() && cancel.test(begun.join());
  }

  /**
   * {@link #beginSignIn()} without blocking, for callers that must not. No thread waits for the
   * network, and none for the person.
   *
   * @return a new future. Cancelling it aborts the request; once it is complete, {@link
   *     SignIn#cancel()} ends the sign-in. It fails with the types that {@link #beginSignIn()}
   *     throws, seen as {@link TokenSource#getAsync()} says. Continuations may block
   */
  public CompletableFuture<SignIn> beginSignInAsync() {
    return beginSignInAsync(SignInOptions.NONE);
  }

  /**
   * {@link #beginSignIn(SignInRequired)} without blocking.
   *
   * @param why the exception that {@link TokenSource#get()} or an API wrapper threw
   * @return as {@link #beginSignInAsync()}
   */
  public CompletableFuture<SignIn> beginSignInAsync(SignInRequired why) {
    return beginSignInAsync(SignInOptions.of(why));
  }

  /**
   * {@link #beginSignIn(SignInOptions)} without blocking.
   *
   * @param options scopes, claims, account, language and strength of this sign-in
   * @return as {@link #beginSignInAsync()}
   */
  public CompletableFuture<SignIn> beginSignInAsync(SignInOptions options) {
    return new DeviceSignIn(config, sessions, options.request()).beginAsync();
  }

  /**
   * {@link #beginBrowserSignIn()} without blocking, for callers that must not. No thread waits for
   * the network.
   *
   * @return a new future. Cancelling it ends the sign-in and frees its port; once it is complete,
   *     {@link BrowserSignIn#cancel()} does. It fails with the types that {@link
   *     #beginBrowserSignIn()} throws, seen as {@link TokenSource#getAsync()} says. Continuations
   *     may block
   */
  public CompletableFuture<BrowserSignIn> beginBrowserSignInAsync() {
    return beginBrowserSignInAsync(SignInOptions.NONE);
  }

  /**
   * {@link #beginBrowserSignIn(SignInRequired)} without blocking.
   *
   * @param why the exception that {@link TokenSource#get()} or an API wrapper threw
   * @return as {@link #beginBrowserSignInAsync()}
   */
  public CompletableFuture<BrowserSignIn> beginBrowserSignInAsync(SignInRequired why) {
    return beginBrowserSignInAsync(SignInOptions.of(why));
  }

  /**
   * {@link #beginBrowserSignIn(SignInOptions)} without blocking.
   *
   * @param options scopes, claims, account, language and strength of this sign-in
   * @return as {@link #beginBrowserSignInAsync()}
   */
  public CompletableFuture<BrowserSignIn> beginBrowserSignInAsync(SignInOptions options) {
    return new CodeSignIn(config, sessions, options.request()).beginAsync();
  }

  /**
   * The accounts that are signed in with this client id at this server, ended sessions included.
   * Accounts whose record cannot be read are left out and reported by {@link
   * #unreadableAccounts()}. Blocks on the token store.
   *
   * @return the accounts, in no order
   * @throws TokenStoreFailure if the store itself cannot be read
   * @throws CancellationException if this thread is interrupted while it waits; its interrupt flag
   *     is then set
   */
  public List<Account> accounts() {
    return onWorker(
        () -> sessions.list().orThrow().sessions().stream().map(SessionRecord::account).toList());
  }

  /**
   * Why accounts are missing from {@link #accounts()}: their record in the store is damaged, exists
   * more than once, or was written by a newer version. Records of other clients and servers are
   * left out, unless damage hides whose they are. An unreadable record is never overwritten: a
   * sign-in to its account lives in memory, and every other call for the account fails in the same
   * way. Blocks on the token store.
   *
   * @return one failure for each record; the message names the record, the remedy says what to do.
   *     Usually empty
   * @throws TokenStoreFailure if the store itself cannot be read
   * @throws CancellationException if this thread is interrupted while it waits; its interrupt flag
   *     is then set
   */
  public List<TokenStoreFailure> unreadableAccounts() {
    return onWorker(() -> List.copyOf(sessions.list().orThrow().unreadable()));
  }

  /**
   * The status of one account, without a request to the server. Blocks on the token store.
   *
   * @param account the account
   * @return its status; null if it is not signed in
   * @throws TokenStoreFailure if its record cannot be read
   * @throws CancellationException if this thread is interrupted while it waits; its interrupt flag
   *     is then set
   */
  public @Nullable AccountStatus status(Account account) {
    return onWorker(() -> sessions.status(account));
  }

  /**
   * The tokens of an account for the scopes that the client was built with. Does not block: {@link
   * TokenSource#get()} is the first to reach the store and the server.
   *
   * @param account the account
   * @return the source, always the same one
   */
  public TokenSource tokens(Account account) {
    return sessions.tokens(account);
  }

  /**
   * The tokens of an account for other scopes, for example of another API. All scope sets of an
   * account share its refresh token; each has its own access token. If no sign-in has asked the
   * person for these scopes, {@link TokenSource#get()} throws a {@link SignInRequired} that carries
   * them, and {@link #beginSignIn(SignInRequired)} asks. Does not block.
   *
   * @param account the account
   * @param scopes one or more scopes of one API; the identity scopes are added
   * @return the source, always the same one for the same scopes
   * @throws IllegalArgumentException if {@code scopes} is empty or has an element that is not a
   *     scope
   */
  public TokenSource tokens(Account account, Collection<String> scopes) {
    Set<String> wanted = Scopes.of(scopes);
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("no scope");
    }
    return sessions.tokens(account, config.withIdentity(wanted));
  }

  /**
   * Waits until no session of this client lives in memory only. For a program that is about to end,
   * such as a command-line tool; others hear of it by {@link SessionListener#storeFailed}. Waits
   * for refreshes that are under way, and tries once more to store what the token store did not
   * take. Blocks for the requests of these refreshes and for the token store.
   *
   * @throws TokenStoreFailure if the store does not take a session even now: when this process
   *     ends, the person may have to sign in again
   * @throws CancellationException if this thread is interrupted while it waits; its interrupt flag
   *     is then set
   */
  public void awaitStored() {
    awaitRefreshes();
    TokenStoreFailure failure = onWorker(sessions::storeNow);
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits until the refreshes that are under way have ended, well or not. */
  void awaitRefreshes() {
    sessions.awaitRefreshes();
  }

  /**
   * Forgets the account in all processes that share the store, and revokes its refresh token where
   * the server can. Blocks for the store, for a refresh in progress, and for one request.
   *
   * @param account the account; may be signed out already
   * @return what became of the refresh token at the server
   * @throws TokenStoreFailure if the record cannot be deleted; this process forgets it all the same
   * @throws CancellationException if this thread is interrupted while it waits; its interrupt flag
   *     is then set, and the sign-out goes on
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
   */
  public SignOutResult signOut(Account account) {
    return onWorker(() -> new SignOut(config, sessions.of(account)).run());
  }

  private <T extends @Nullable Object> T onWorker(Callable<T> task) {
    return Futures.await(Futures.callOn(config.workers(), task));
  }
}
