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
import dev.latchkey.internal.signin.DeviceSignIn;
import dev.latchkey.internal.signin.PollingSignIn;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in and hands out their tokens: an OAuth public client, a program on somebody's own
 * machine that can keep no secret. Build one, keep it for the life of the program, share it among
 * threads. There is nothing to close: every thread is a daemon.
 *
 * <pre>{@code
 * var client = PublicClient.builder()
 *     .authorizationServer(Entra.common())
 *     .clientId("1950a258-227b-4e31-a9cf-717495945fc2")
 *     .scopes("User.Read")
 *     .build();
 *
 * SignIn signIn = client.beginSignIn();
 * System.out.println(signIn.deviceAuthorization().message());
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
   * Starts to describe a client.
   *
   * @return a builder
   */
  public static PublicClientBuilder builder() {
    return new PublicClientBuilder();
  }

  /**
   * Asks the server for a code that a person may type. Blocks for one request (before the first,
   * for one or two more to discover the server); then waits for the person without a thread.
   *
   * @return the pending sign-in
   * @throws LatchkeyException if the server refuses or cannot be reached: {@code AppMisconfigured}
   *     for a wrong client id or scope, {@code ServiceUnavailable} without a connection, {@code
   *     Throttled} if it asks for fewer requests (both at once, without a request, as long as it
   *     asked to be left alone), {@code SignInCancelled} if the thread is interrupted
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.1">RFC 8628 §3.1</a>
   */
  public SignIn beginSignIn() {
    return beginSignIn(SignInOptions.NONE);
  }

  /**
   * The one way to sign in again: asks for the claims that the exception carries, for its account.
   *
   * @param why what {@link TokenSource#get()} or an API wrapper threw
   * @return the pending sign-in
   * @throws LatchkeyException as {@link #beginSignIn()}
   */
  public SignIn beginSignIn(SignInRequired why) {
    return beginSignIn(SignInOptions.NONE.withClaims(why.claims()).withAccount(why.accountId()));
  }

  /**
   * The same with options.
   *
   * @param options what to ask for besides
   * @return the pending sign-in
   * @throws LatchkeyException as {@link #beginSignIn()}
   */
  public SignIn beginSignIn(SignInOptions options) {
    CompletableFuture<PollingSignIn> begun =
        new DeviceSignIn(
                config, sessions, options.parsedClaims(), options.accountId(), options.locale())
            .begin();
    return Futures.awaitSignIn(begun, () -> begun.cancel(true));
  }

  /**
   * Who is signed in, with this client id at this server, ended sessions included. An account whose
   * own record cannot be read is missing here, and does not keep the others from being used: {@link
   * #unreadableAccounts()} tells of it. Blocks on the token store.
   *
   * @return the accounts, in no order
   * @throws TokenStoreFailure if the store itself cannot be read
   * @throws CancellationException if this thread is interrupted while it waits (its flag is then
   *     set)
   */
  public List<Account> accounts() {
    return onWorker(
        () -> sessions.list().orThrow().sessions().stream().map(SessionRecord::account).toList());
  }

  /**
   * Why accounts are missing from {@link #accounts()}: a record in the store is damaged, is there
   * more than once, or was written by a newer version. Records of other clients and servers are
   * left out, unless they are so damaged that nobody can tell whose they are. Such a record is left
   * as it is, a sign-in to its account lives in memory, and whatever else is asked of the account
   * fails in the same way. Blocks on the token store.
   *
   * @return one failure each record, whose message says which it is and whose remedy what to do;
   *     empty as a rule
   * @throws TokenStoreFailure if the store itself cannot be read
   * @throws CancellationException if this thread is interrupted while it waits (its flag is then
   *     set)
   */
  public List<TokenStoreFailure> unreadableAccounts() {
    return onWorker(() -> List.copyOf(sessions.list().orThrow().unreadable()));
  }

  /**
   * What is known of one account without asking the server. Blocks on the token store.
   *
   * @param account the account
   * @return its status, or null if it is not signed in
   * @throws TokenStoreFailure if its record cannot be read
   * @throws CancellationException if this thread is interrupted while it waits (its flag is then
   *     set)
   */
  public @Nullable AccountStatus status(Account account) {
    return onWorker(() -> sessions.status(account));
  }

  /**
   * The tokens of an account for the scopes that the client was built with. Free: neither the store
   * nor the server is asked before {@link TokenSource#get()}.
   *
   * @param account the account
   * @return the source, the same one each time
   */
  public TokenSource tokens(Account account) {
    return sessions.tokens(account, config.scopes());
  }

  /**
   * The tokens of an account for other scopes, say of another API. All scope sets of an account
   * share its refresh token; each has its own access token.
   *
   * @param account the account
   * @param scopes one or more scopes of one API; the identity scopes are added
   * @return the source, the same one each time for the same scopes
   * @throws IllegalArgumentException if there is none, or one is no scope
   */
  public TokenSource tokens(Account account, Collection<String> scopes) {
    Set<String> wanted = Scopes.of(scopes);
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("no scope");
    }
    return sessions.tokens(account, Scopes.withIdentity(wanted, config.refreshWanted()));
  }

  /**
   * Forgets the account, in all processes that share the store, and revokes its refresh token where
   * the server can. Blocks for the store, for a refresh that is under way, and for one request.
   *
   * @param account the account; no harm if it is signed out already
   * @return whether the server confirmed the revocation
   * @throws TokenStoreFailure if the record cannot be deleted; this process forgets it all the same
   * @throws CancellationException if this thread is interrupted while it waits (its flag is then
   *     set); the sign-out goes on without it
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
   */
  public SignOutResult signOut(Account account) {
    return onWorker(() -> new SignOut(config, sessions.of(account)).run());
  }

  private <T extends @Nullable Object> T onWorker(Callable<T> task) {
    return Futures.await(Futures.callOn(config.workers(), task));
  }
}
