package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.SessionListener;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.internal.oauth.Scopes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One account in this process: its token sources and its record. */
public final class Session {

  private final ClientConfig setup;
  private final ListenerQueue news;
  private final SessionStore records;
  private final Backoff backoff;
  private final Map<String, CachedTokenSource> sources = new ConcurrentHashMap<>();

  private volatile Account account;
  private final AtomicInteger epoch = new AtomicInteger();

  Session(ClientConfig setup, Account account) {
    this.setup = setup;
    this.account = account;
    this.news = new ListenerQueue(setup.listener(), setup.callbacks());
    this.records = new SessionStore(setup, account.id(), news);
    this.backoff = new Backoff(setup.time());
  }

  Account account() {
    return account;
  }

  public SessionStore records() {
    return records;
  }

  /** One for all scope sets: they trouble the same server with the same refresh token. */
  Backoff backoff() {
    return backoff;
  }

  public CachedTokenSource tokens(Set<String> scopes) {
    return sources.computeIfAbsent(
        Scopes.key(scopes), key -> new CachedTokenSource(setup, this, scopes, key));
  }

  /** Grows with each sign-in and sign-out: what was begun before must not be published after. */
  public int epoch() {
    return epoch.get();
  }

  /** A sign-in replaced all that was known of this account. */
  public synchronized void begin(
      Account signedIn, Set<String> scopes, CachedToken held, int epochBefore) {
    account = signedIn;
    boolean alone = epoch.get() == epochBefore;
    reset();
    if (alone) { // else a sign-out came between: the store knows which of the two was the last
      tokens(scopes).publish(held, epoch.get());
    }
  }

  /** A sign-out ended it. */
  synchronized void forget() {
    reset();
  }

  private void reset() {
    epoch.incrementAndGet();
    backoff.clear();
    sources.values().forEach(CachedTokenSource::reset);
  }

  public void tell(Consumer<SessionListener> told) {
    news.tell(told);
  }
}
