package dev.latchkey.internal.session;

import dev.latchkey.LoopbackRedirect;
import dev.latchkey.SessionListener;
import dev.latchkey.error.SignInRequired.Requirements;
import dev.latchkey.internal.metadata.ServerEndpoints;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.time.Time;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client was built with.
 *
 * @param scopes those of the application, and those that {@link #withIdentity} adds
 * @param exactScopes whether to add none to the scopes that the application names
 * @param exchange created for the first request, because an {@code HttpClient} takes half a second
 * @param workers where store and lock calls block
 * @param callbacks as many threads as it takes: for the application's own code, which may wait for
 *     workers, and for what workers wait for
 */
public record ClientConfig(
    ServerEndpoints server,
    String clientId,
    Set<String> scopes,
    boolean refreshWanted,
    boolean exactScopes,
    Set<String> capabilities,
    TokenStore store,
    Supplier<Exchange> exchange,
    Executor workers,
    Executor callbacks,
    SessionListener listener,
    Duration leaseTimeout,
    LoopbackRedirect redirect,
    Time time,
    ServerClock clock) {

  /** Adds the scopes that request an ID token and a refresh token, unless none may be added. */
  public Set<String> withIdentity(Set<String> named) {
    return exactScopes ? named : Scopes.withIdentity(named, refreshWanted);
  }

  /** The scopes without those that {@link #withIdentity} adds. */
  public Set<String> withoutIdentity(Set<String> all) {
    return exactScopes ? all : Scopes.withoutIdentity(all);
  }

  /** What a sign-in has to request, so that a token with these scopes and claims can be had. */
  Requirements required(String accountId, Set<String> tokenScopes, @Nullable Claims claims) {
    return Requirements.NONE
        .withAccountId(accountId)
        .withScopes(withoutIdentity(tokenScopes))
        .withClaims(Claims.textOf(claims));
  }

  /**
   * The scopes of a sign-in: the wanted ones with the client's own and the account's others, so
   * that no token source of the account loses what it had.
   *
   * @param wanted those of the token that could not be had; empty for the client's own
   * @param others those that the last sign-in of the account brought
   */
  public Set<String> signInScopes(Set<String> wanted, Set<String> others) {
    Set<String> own = withoutIdentity(scopes);
    Set<String> first = withoutIdentity(wanted);
    Set<String> all = new LinkedHashSet<>(own);
    all.addAll(first);
    all.addAll(Scopes.withoutIdentity(others));
    Set<String> together = server.together(first.isEmpty() ? own : first, all);
    return withIdentity(together);
  }
}
