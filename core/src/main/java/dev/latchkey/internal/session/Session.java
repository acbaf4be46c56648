package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.SessionListener;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.Backoff;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.time.Time;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One account in this process: its record, its cached tokens, and what refreshes share. */
public final class Session {

  private final Time time;
  private final ListenerQueue<SessionListener> listeners;
  private final SessionStore store;
  private final Backoff backoff;
  private final Map<String, TokenCache> caches = new ConcurrentHashMap<>();

  private volatile Account account;

  Session(ClientConfig config, Account account) {
    this.time = config.time();
    this.account = account;
    this.listeners = new ListenerQueue<>(config.listener(), config.callbacks());
    this.store = new SessionStore(config, account.id(), listeners);
    this.backoff = new Backoff(time);
  }

  Account account() {
    return account;
  }

  SessionStore store() {
    return store;
  }

  /** Shared by all scope sets: they send the same refresh token to the same server. */
  Backoff backoff() {
    return backoff;
  }

  TokenCache cache(Set<String> scopes) {
    return caches.computeIfAbsent(
        Scopes.key(scopes), key -> new TokenCache(scopes, store::generation, time));
  }

  /**
   * Replaces all that was known of this account. Blocks on the store.
   *
   * @param token the access token of the sign-in; null if it could not be read
   * @return why the record could not be stored and lives in memory; null if it is stored
   */
  public @Nullable TokenStoreFailure signIn(SessionRecord record, @Nullable CachedToken token) {
    int generation = store.generation() + 1; // the one that this sign-in begins
    WriteResult result = store.replace(record);
    account = record.account();
    backoff.clear();
    // Not cached if another sign-in or sign-out came between: only the store knows the last one.
    if (token != null) {
      cache(record.signInScopes()).publish(token, generation);
    }
    return result.failure();
  }

  /** Tells the listener, on another thread. */
  public void tell(Consumer<SessionListener> news) {
    listeners.tell(news);
  }
}
