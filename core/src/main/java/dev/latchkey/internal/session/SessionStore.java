package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.internal.concurrent.RetryLoop;
import dev.latchkey.internal.session.RecordRepository.Loaded;
import dev.latchkey.internal.session.Unsaved.Base;
import dev.latchkey.internal.session.Unsaved.Refreshed;
import dev.latchkey.internal.session.Unsaved.SignedInOver;
import dev.latchkey.store.TokenStore.Lease;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of one account: in the token store, or in memory while the store does not take it. A
 * token in hand is never thrown away. Blocks; for workers only.
 */
public final class SessionStore {

  private static final Logger log = LoggerFactory.getLogger(SessionStore.class);

  /** Somebody may write without the lease; so often in a row means that the store is broken. */
  private static final int MOST_TRIES = 8;

  private final String id;
  private final RecordRepository vault;
  private final SessionLock turn;
  private final ListenerQueue news;
  private final RetryLoop retries;

  /** Changed by whoever has the turn, and by a sign-in that could not get it. */
  private final AtomicReference<@Nullable Unsaved> unsaved = new AtomicReference<>();

  /** How often the record was deleted here. */
  private final AtomicInteger deletions = new AtomicInteger();

  /** What a sign-out could not delete. */
  private volatile @Nullable String forgotten;

  /** The version that the store was last seen to hold. */
  private volatile @Nullable String seen;

  SessionStore(ClientConfig setup, String id, ListenerQueue news) {
    this.id = id;
    this.vault = new RecordRepository(setup);
    this.turn = new SessionLock(vault, id, setup.leaseTimeout(), setup.time());
    this.news = news;
    this.retries = new RetryLoop(setup.time(), setup.workers(), this::retry);
  }

  /** Until when to wait for leases, if the waiting begins now. */
  Deadline leaseDeadline() {
    return turn.deadline();
  }

  /** The exclusive right to change the record, among all threads and processes. */
  Lease lease() throws InterruptedException {
    return turn.take(false, turn.deadline());
  }

  /** The same; where the store can give no lease, a session that it lost goes on without. */
  Lease leaseIfStored(Deadline deadline) throws InterruptedException {
    return turn.take(unsaved.get() != null, deadline);
  }

  /** The record that could not be stored, if there is one. */
  @Nullable SessionRecord inMemory() {
    Unsaved mine = unsaved.get();
    return mine == null ? null : mine.record();
  }

  /** The record that counts: the one that could not be stored, unless another overtook it. */
  @Nullable RecordSnapshot load() {
    int age = deletions.get();
    Unsaved mine = unsaved.get();
    Loaded stored;
    try {
      stored = stored();
    } catch (TokenStoreFailure e) {
      if (mine == null) {
        throw e;
      }
      return new RecordSnapshot(mine.record(), mine.base().version(), mine.base(), mine, age);
    }
    if (mine != null && !mine.isOvertakenBy(stored)) {
      return new RecordSnapshot(mine.record(), versionOf(stored), mine.base(), mine, age);
    }
    if (stored == null || stored.version().equals(forgotten)) {
      return null;
    }
    return new RecordSnapshot(
        stored.session(), stored.version(), Refreshed.from(stored), mine, age);
  }

  /** Fails if {@link #save} would. A record in memory is beyond that: its store failed already. */
  void prepare(RecordSnapshot current) {
    if (!current.livesInMemory()) {
      vault.prepare(current.session());
    }
  }

  /**
   * Notes in the store, before the request, that its answer may be lost: nobody could if this
   * process were killed. Whoever sees the note while it is under way has to wait for the lease.
   *
   * @return the record to spend, as it was found; null if the store holds another by now
   * @throws TokenStoreFailure if it could not be noted; nothing is spent yet
   */
  @Nullable RecordSnapshot beginSpending(RecordSnapshot found) {
    if (found.livesInMemory() || found.session().doubtful()) {
      return found;
    }
    String version = vault.save(found.session().doubted(), found.expected());
    if (version == null || !isKept(version, found)) {
      return null;
    }
    return found.at(version);
  }

  /**
   * Takes the note back: the refresh token is good as before. If the store fails now, the note
   * stays. That costs little: the access token serves to its end before the next redemption, and a
   * refusal of that one without a better reason is put down to a lost answer.
   */
  void nothingSpent(RecordSnapshot sent) {
    if (sent.livesInMemory() || sent.session().doubtful()) {
      return;
    }
    try {
      String version = vault.save(sent.session(), sent.expected());
      if (version != null && isKept(version, sent)) {
        log.debug("session {}: its refresh token was not spent", id);
      }
    } catch (TokenStoreFailure e) {
      log.info("session {} will not be refreshed early: {}", id, e.getMessage());
    }
  }

  /** The answer was lost. In the store that is noted already. */
  void doubt(RecordSnapshot sent) {
    if (sent.livesInMemory() && !sent.session().doubtful()) {
      save(sent.session().doubted(), sent);
    }
  }

  /** Stores a record over the one that it was made from; if the store fails, keeps it in memory. */
  WriteResult save(SessionRecord record, RecordSnapshot madeFrom) {
    RecordSnapshot over = madeFrom.spent();
    try {
      return store(record, over);
    } catch (TokenStoreFailure e) {
      Unsaved kept = new Unsaved(record, over.base());
      boolean current = over.deletions() == deletions.get();
      return current && unsaved.compareAndSet(over.seen(), kept)
          ? tellOf(kept, e)
          : WriteResult.OVERTAKEN;
    }
  }

  /** Stores a sign-in over what is there; if the store fails, keeps it in memory. */
  public WriteResult replace(SessionRecord record) throws InterruptedException {
    Base base = SignedInOver.of(null, record);
    try {
      base = base.at(versionOf(stored())); // the lease may not be had
      try (Lease lease = lease()) {
        Unsaved before = unsaved.get();
        String version = versionOf(stored());
        return save(
            record, new RecordSnapshot(record, version, base.at(version), before, deletions.get()));
      }
    } catch (TokenStoreFailure e) {
      Unsaved kept = new Unsaved(record, base);
      unsaved.set(kept);
      return tellOf(kept, e);
    }
  }

  private WriteResult store(SessionRecord record, RecordSnapshot over) {
    String expected = over.expected();
    for (int i = 0; i < MOST_TRIES; i++) {
      if (over.deletions() != deletions.get()) {
        return WriteResult.OVERTAKEN;
      }
      String version = vault.save(record, expected);
      if (version != null) {
        return kept(version, over);
      }
      Loaded now = stored();
      if (over.base().isOvertakenBy(now)) {
        dropUnsaved(over.seen());
        return WriteResult.OVERTAKEN;
      }
      expected = versionOf(now);
    }
    throw neverTheSame("write");
  }

  private WriteResult kept(String version, RecordSnapshot over) {
    if (!isKept(version, over)) {
      return WriteResult.OVERTAKEN;
    }
    dropUnsaved(over.seen());
    return WriteResult.STORED;
  }

  /** A sign-out that could not wait for the lease may have come while this was written. */
  private boolean isKept(String version, RecordSnapshot over) {
    seen = version;
    if (over.deletions() != deletions.get()) {
      vault.delete(id, version);
      return false;
    }
    return true;
  }

  private void dropUnsaved(@Nullable Unsaved seen) {
    if (seen != null && unsaved.compareAndSet(seen, null)) {
      news.tell(listener -> listener.storeRecovered(seen.record().account()));
    }
  }

  private WriteResult tellOf(Unsaved kept, TokenStoreFailure failure) {
    log.warn("session {} is kept in memory: {}", id, failure.getMessage());
    retries.start();
    news.tell(listener -> listener.storeFailed(kept.record().account(), failure));
    return new WriteResult(false, failure);
  }

  /** Whether nothing is left to store. */
  private boolean retry() throws InterruptedException {
    if (unsaved.get() == null) {
      return true;
    }
    try (Lease lease = lease()) {
      Unsaved mine = unsaved.get();
      if (mine != null) {
        Loaded stored = stored();
        if (mine.isOvertakenBy(stored)) {
          log.info("session {}: another process signed in or out, or refreshed, meanwhile", id);
          dropUnsaved(mine);
        } else {
          RecordSnapshot over =
              new RecordSnapshot(
                  mine.record(), versionOf(stored), mine.base(), mine, deletions.get());
          store(mine.record(), over);
        }
      }
    } catch (TokenStoreFailure e) {
      log.debug("session {} is still in memory: {}", id, e.getMessage());
    }
    return unsaved.get() == null;
  }

  /**
   * Forgets the record, in the store too.
   *
   * @throws TokenStoreFailure if it could not be deleted there; this process forgets it all the
   *     same
   */
  void delete() {
    deletions.incrementAndGet();
    unsaved.set(null);
    // If not even its version can be read now: its refresh token may have been spent long since,
    // by a session that the store did not take and that is forgotten with this.
    forgotten = seen;
    for (int i = 0; i < MOST_TRIES; i++) {
      String version = vault.version(id);
      if (version == null) {
        return;
      }
      forgotten = version;
      if (vault.delete(id, version)) {
        return;
      }
    }
    throw neverTheSame("deletion");
  }

  private static TokenStoreFailure neverTheSame(String call) {
    return new TokenStoreFailure(
        Problem.NOT_DURABLE,
        "The token store reports another version at each " + call,
        "Check that no other program writes to it.",
        null);
  }

  private @Nullable Loaded stored() {
    Loaded stored = vault.load(id);
    seen = versionOf(stored);
    return stored;
  }

  private static @Nullable String versionOf(@Nullable Loaded stored) {
    return stored == null ? null : stored.version();
  }
}
