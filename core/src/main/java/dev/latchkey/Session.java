package dev.latchkey;

import dev.latchkey.Vault.Loaded;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One account in this process: its token sources, and the record that could not be stored yet. The
 * token store is the truth for all else.
 */
final class Session {

  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

  /**
   * A record that the store did not take.
   *
   * @param base the stored version that it is to replace; null to create it
   * @param signIn whether it is a sign-in, which replaces whatever is stored
   */
  private record Unsaved(SessionRecord record, @Nullable String base, boolean signIn) {}

  private final ClientSetup setup;
  private final Vault vault;
  private final Account account;
  private final Map<String, ScopedTokens> sources = new ConcurrentHashMap<>();

  private volatile @Nullable Unsaved unsaved;
  private volatile int epoch;

  Session(ClientSetup setup, Account account) {
    this.setup = setup;
    this.vault = new Vault(setup.store());
    this.account = account;
  }

  Account account() {
    return account;
  }

  Vault vault() {
    return vault;
  }

  ScopedTokens tokens(Set<String> scopes) {
    return sources.computeIfAbsent(
        Scopes.key(scopes), key -> new ScopedTokens(setup, this, scopes, key));
  }

  /** Grows with each sign-in and sign-out: what was begun before must not be published after. */
  int epoch() {
    return epoch;
  }

  boolean livesInMemory() {
    return unsaved != null;
  }

  TokenStore.Lease lease() throws InterruptedException {
    return setup.store().lease(account.id(), setup.leaseTimeout());
  }

  /** The record that counts: the one that could not be stored, unless another overtook it. */
  @Nullable Loaded load() {
    Unsaved mine = unsaved;
    if (mine == null) {
      return vault.load(account.id());
    }
    Loaded stored;
    try {
      stored = vault.load(account.id());
    } catch (TokenStoreFailure e) {
      return new Loaded(mine.record(), mine.base());
    }
    String version = stored == null ? null : stored.version();
    if (mine.signIn() || Objects.equals(version, mine.base())) {
      return new Loaded(mine.record(), version);
    }
    unsaved = null; // another process signed out, signed in or refreshed meanwhile
    return stored;
  }

  /**
   * Stores a record over the one that it was made from. If the store fails, keeps it in memory,
   * tells the listener and tries again later: a token in hand is never thrown away.
   *
   * @param base the version it was made from; null to create it
   */
  Saved save(SessionRecord record, @Nullable String base) {
    try {
      String version = vault.save(record, base);
      if (version == null) {
        return Saved.CONFLICT;
      }
      boolean recovered = unsaved != null;
      unsaved = null;
      if (recovered) {
        tell(listener -> listener.storeRecovered(account));
      }
      return Saved.STORED;
    } catch (TokenStoreFailure e) {
      Unsaved mine = unsaved;
      return keep(new Unsaved(record, base, mine != null && mine.signIn()), e);
    }
  }

  /** Stores a new sign-in over whatever is there. */
  Saved replace(SessionRecord record) throws InterruptedException {
    try (TokenStore.Lease lease = lease()) {
      while (true) {
        Loaded stored = vault.load(account.id());
        Saved saved = save(record, stored == null ? null : stored.version());
        if (!saved.conflict()) {
          return saved;
        }
      }
    } catch (TokenStoreFailure e) {
      return keep(new Unsaved(record, null, true), e);
    }
  }

  private Saved keep(Unsaved record, TokenStoreFailure failure) {
    log.warn("session {} is kept in memory: {}", account.id(), failure.getMessage());
    boolean first = unsaved == null;
    unsaved = record;
    if (first) {
      retryLater(FIRST_RETRY);
    }
    tell(listener -> listener.storeFailed(account, failure));
    return new Saved(false, failure);
  }

  /**
   * What became of a write.
   *
   * @param conflict another one wrote or deleted the record since it was read
   * @param failure the store failed; the record lives in memory
   */
  record Saved(boolean conflict, @Nullable TokenStoreFailure failure) {
    static final Saved STORED = new Saved(false, null);
    static final Saved CONFLICT = new Saved(true, null);
  }

  /** A sign-in replaced all that was known of this account. */
  synchronized void begin(Set<String> scopes, Held held) {
    epoch++;
    sources.values().forEach(ScopedTokens::reset);
    ScopedTokens source = tokens(scopes);
    source.publish(held, epoch);
  }

  /** A sign-out ended it. */
  synchronized void forget() {
    epoch++;
    unsaved = null;
    sources.values().forEach(ScopedTokens::reset);
  }

  void tell(Consumer<SessionListener> news) {
    try {
      news.accept(setup.listener());
    } catch (RuntimeException e) {
      log.warn("the session listener failed", e);
    }
  }

  private void retryLater(Duration delay) {
    CompletableFuture<Void> pause = setup.time().after(delay);
    Futures.then(
        pause.thenApplyAsync(done -> retried(), setup.workers()),
        (kept, failure) -> {
          if (failure != null || !kept) {
            Duration doubled = delay.multipliedBy(2);
            retryLater(doubled.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : doubled);
          }
        });
  }

  /** Whether nothing is left to store. */
  private boolean retried() {
    try (TokenStore.Lease lease = lease()) {
      Unsaved mine = unsaved;
      if (mine == null) {
        return true;
      }
      Loaded stored = vault.load(account.id());
      String version = stored == null ? null : stored.version();
      if (!mine.signIn() && !Objects.equals(version, mine.base())) {
        log.info("session {}: another process stored it meanwhile", account.id());
      } else if (vault.save(mine.record(), version) == null) {
        return false; // written without a lease just now: it is looked at again
      }
      unsaved = null;
    } catch (TokenStoreFailure e) {
      log.debug("session {} is still in memory: {}", account.id(), e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
    tell(listener -> listener.storeRecovered(account));
    return true;
  }
}
