package dev.latchkey.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.SessionListener;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.internal.concurrent.RetryLoop;
import dev.latchkey.internal.concurrent.Sequel;
import dev.latchkey.internal.session.Provenance.FromSignIn;
import dev.latchkey.store.TokenStore.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of one account: in the token store, or in memory while the store does not take it. A
 * token in hand is never thrown away. All methods that reach the token store block; they run where
 * that is allowed.
 *
 * <h2>Locks</h2>
 *
 * <p>The {@link SessionLock} is the right to redeem the refresh token and to change the record:
 * first among all that this session does, then, by the store's lease, among all processes. It is
 * held across the request to the server, while no thread waits. Whoever has it needs none of the
 * application's threads any more: all of them may be waiting for it. Two callers go on without it
 * when they cannot get it in time: a sign-in, which replaces everything anyway, and a sign-out,
 * which must not fail because somebody else hangs. Everything below exists because of these two,
 * and because the store may fail. The monitor of this object guards {@code unsaved} and {@code
 * signedOutIn}; it is held for a few instructions and never across a call to the store, the server
 * or the listener.
 *
 * <p>Order: the session lock, then one of two monitors under which no other lock is taken: that of
 * this object or that of a {@link TokenCache}.
 *
 * <h2>Versions</h2>
 *
 * <p>Every write names the version that it replaces, so that nobody overwrites a record unseen.
 * When the store holds another version than expected, the {@link Provenance} of the record decides.
 * A refreshed record gives way to any other, except to one with the refresh token that it replaces.
 * A record from a sign-in gives way to a refresh of itself, to a deletion of what it replaced, and
 * to a later sign-in, unless this process knew that one when it stored this: a sign-in may wait for
 * the lease for so long that a later one is stored before it.
 *
 * <h2>Generations</h2>
 *
 * <p>The {@link #generation} grows with each sign-in and sign-out of this process. What was begun
 * in an earlier generation must leave no trace: {@link TokenCache} takes no token of it, and a
 * record of it that the store refuses is not kept in memory. A deletion wins over late writes, too:
 * a write that finds, when it is done, that a sign-out began in between deletes what it wrote. The
 * write looks after writing, and the sign-out looks at the store after advancing the generation;
 * one of them sees the other.
 *
 * <p>A store may fail to delete, and may carry out a write that it reported as failed. So a
 * sign-out forgets sessions, not only versions: a session is known by {@link
 * SessionRecord#signedInAt}, which a refresh keeps and a sign-in changes. No record of a forgotten
 * session counts in this process any more, under whichever version it turns up, and whoever wrote
 * it. Versions are forgotten, too, for records that cannot be read.
 *
 * <h2>The mark before spending</h2>
 *
 * <p>A refresh token may be redeemed once. If the process dies between the request and the write,
 * or the answer is lost, nobody knows whether it was. So {@link #prepare} first proves that the
 * store can be written, and {@link #markSpending} then marks the record as possibly spent, before
 * the request leaves. The write of the answer clears the mark; so does {@link #clearSpendMark} if
 * the server provably redeemed nothing. Whoever finds the mark with the lease in hand uses the
 * access token to its end before it redeems again, because a server that rotates refresh tokens may
 * take an early retry for theft. Whoever finds it without the lease may be looking at a refresh in
 * progress, and waits for the lease.
 */
public final class SessionStore {

  private static final Logger log = LoggerFactory.getLogger(SessionStore.class);

  /** Somebody may write without the lease; so often in a row means that the store is broken. */
  private static final int MAX_TRIES = 8;

  private final String id;
  private final RecordRepository repository;
  private final SessionLock lock;
  private final ListenerQueue<SessionListener> listeners;
  private final RetryLoop retries;

  /** Advanced under the monitor where {@code unsaved} or {@code signedOutIn} changes with it. */
  private final AtomicInteger generation = new AtomicInteger();

  /** The generation that the last sign-out began. */
  @GuardedBy("this")
  private int signedOutIn;

  /**
   * The record that the store did not take. Changed by whoever has the session lock; a sign-in or
   * sign-out without it advances the generation as well.
   */
  @GuardedBy("this")
  private @Nullable RecordSnapshot unsaved;

  /** Why the store did not take it at the last attempt. */
  @GuardedBy("this")
  private @Nullable TokenStoreFailure unsavedBecause;

  /** What sign-outs forgot does not count, even if it could not be deleted. */
  private final SessionHistory history = new SessionHistory();

  SessionStore(ClientConfig config, String id, ListenerQueue<SessionListener> listeners) {
    this.id = id;
    this.repository = new RecordRepository(config);
    this.lock = new SessionLock(repository, id, config.leaseTimeout(), config.time());
    this.listeners = listeners;
    this.retries = new RetryLoop(config.time(), config.workers(), this::retry);
  }

  /** Grows with each sign-in and sign-out. Does not block. */
  int generation() {
    return generation.get();
  }

  /** When waits for the lease that begin now have to end. */
  Deadline leaseDeadline() {
    return lock.deadline();
  }

  /** Takes the exclusive right to change the record, among all threads and processes. */
  Lease lease() throws InterruptedException {
    return lock.take(false, lock.deadline());
  }

  /**
   * Waits, without holding a thread, for the exclusive right within this process. {@link
   * #leaseInTurn} then adds the right among all processes.
   *
   * @param next receives the turn and must close it, or receives the failure if the turn did not
   *     come before the deadline
   */
  <R extends @Nullable Object> CompletableFuture<R> inTurn(
      Deadline deadline, Sequel<Lease, R> next) {
    return lock.inTurn(deadline, next);
  }

  /**
   * Takes the exclusive right among all processes, for a caller that has its {@link #inTurn turn}.
   * A session that the store lost goes on where the store can give no lease.
   */
  Lease leaseInTurn(Deadline deadline) throws InterruptedException {
    return lock.lease(inMemory() != null, deadline);
  }

  /** The record that the store did not take; null if there is none. Does not block. */
  @Nullable SessionRecord inMemory() {
    RecordSnapshot mine = unsaved();
    return mine == null ? null : mine.record();
  }

  /**
   * Loads the record that counts: the one in memory, unless the stored one has overtaken it.
   *
   * @return the record; null if the account is signed out
   * @throws TokenStoreFailure if the store cannot be read and no record is in memory
   */
  @Nullable RecordSnapshot load() {
    int now = generation.get();
    RecordSnapshot mine = unsaved();
    RecordSnapshot stored;
    try {
      stored = stored(now);
    } catch (TokenStoreFailure e) {
      if (mine == null) {
        throw e;
      }
      return mine;
    }
    if (mine != null && !isOvertaken(mine, stored)) {
      return mine.over(versionOf(stored));
    }
    return stored == null || history.hasForgotten(stored) ? null : stored;
  }

  /** Checks that a later {@link #save} can succeed. Skipped for a record in memory. */
  void prepare(RecordSnapshot current) {
    if (!current.inMemory()) {
      repository.prepare(current.record());
    }
  }

  /** Encodes a record as {@link #save} would, and stores nothing. */
  void rehearse(SessionRecord madeUp) {
    int length = RecordRepository.content(madeUp).length();
    log.trace("a record of {} characters was rehearsed", length);
  }

  /**
   * Marks the stored record as possibly spent, before the request leaves.
   *
   * @return the unmarked record, to be redeemed; null if the store now holds another one
   * @throws TokenStoreFailure if the mark could not be stored; nothing is spent yet
   */
  @Nullable RecordSnapshot markSpending(RecordSnapshot found) {
    if (found.inMemory() || found.record().possiblySpent()) {
      return found;
    }
    String version = repository.save(found.record().markedPossiblySpent(), found.version());
    return version != null && isKept(version, found) ? found.storedAs(version) : null;
  }

  /**
   * Removes the mark: the refresh token is as good as before. If the store fails now, the mark
   * stays. That costs little: the access token is used to its end before the next redemption, and a
   * refusal of that one without a better reason is attributed to a lost answer.
   */
  void clearSpendMark(RecordSnapshot sent) {
    if (sent.inMemory() || sent.record().possiblySpent()) {
      return;
    }
    try {
      String version = repository.save(sent.record(), sent.version());
      if (version != null && isKept(version, sent)) {
        log.debug("session {}: its refresh token was not spent", id);
      }
    } catch (TokenStoreFailure e) {
      log.info("session {} will not be refreshed early: {}", id, e.getMessage());
    }
  }

  /** Marks a record in memory as possibly spent. A stored one has the mark already. */
  void markPossiblySpent(RecordSnapshot sent) {
    if (sent.inMemory() && !sent.record().possiblySpent()) {
      save(sent.record().markedPossiblySpent(), sent);
    }
  }

  /** Stores a record over the one that it was made from. If the store fails, keeps it in memory. */
  WriteResult save(SessionRecord record, RecordSnapshot madeFrom) {
    RecordSnapshot over = madeFrom.spent();
    try {
      return write(record, over);
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        if (isReplaced(over)) {
          return WriteResult.OVERTAKEN;
        }
        keep(record, over.provenance());
      }
      return keptInMemory(record, RecordRepository.asFailure(e));
    }
  }

  /** Whether a sign-out came after a snapshot, or a sign-in without the lease. */
  @GuardedBy("this")
  private boolean isReplaced(RecordSnapshot snapshot) {
    return snapshot.generation() < signedOutIn || isUnsavedLaterThan(snapshot);
  }

  /**
   * Whether the record in memory is of a sign-in that came after a snapshot. That the generation
   * has advanced does not tell: the end of a sign-out advances it, too, and leaves alone what was
   * begun after its beginning.
   */
  @GuardedBy("this")
  private boolean isUnsavedLaterThan(RecordSnapshot snapshot) {
    RecordSnapshot mine = unsaved;
    return mine != null
        && mine.generation() > snapshot.generation()
        && mine.record().signedInAt() != snapshot.record().signedInAt();
  }

  @GuardedBy("this")
  private void keep(SessionRecord record, Provenance provenance) {
    unsaved = RecordSnapshot.unsaved(record, provenance, generation.get());
    history.keeps(record);
  }

  /**
   * Stores a sign-in over what is there, and advances the generation by one. If the store or the
   * lease fails, keeps the sign-in in memory. Either way it replaces every session that this
   * process knows, also one whose person signed in later by the clock: the last to come counts.
   */
  WriteResult replace(SessionRecord signedIn) {
    int seenIn = generation.get();
    String version = null;
    SessionRecord record = signedIn;
    try {
      try {
        version = versionOf(stored(seenIn)); // the lease may not be had
      } finally {
        record = history.begin(signedIn);
      }
      try (Lease lease = lease()) {
        int now = generation.get();
        version = versionOf(stored(now));
        seenIn = now; // only now: a store that fails leaves both as they were
        Provenance provenance = history.replacedBy(record).at(version);
        history.keeps(record); // the store may take it and say that it did not
        WriteResult result =
            save(record, new RecordSnapshot(record, version, provenance, false, seenIn));
        generation.incrementAndGet();
        return result;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return replaceInMemory(record, version, seenIn, interrupted());
    } catch (RuntimeException | Error e) {
      return replaceInMemory(record, version, seenIn, RecordRepository.asFailure(e));
    }
  }

  private WriteResult replaceInMemory(
      SessionRecord record, @Nullable String version, int seenIn, TokenStoreFailure failure) {
    synchronized (this) {
      generation.incrementAndGet();
      // What was there is gone by our own sign-out, which does not overtake this sign-in.
      String replaced = seenIn < signedOutIn ? null : version;
      keep(record, history.replacedBy(record).at(replaced));
    }
    return keptInMemory(record, failure);
  }

  private WriteResult write(SessionRecord record, RecordSnapshot over) {
    String expected = over.version();
    for (int i = 0; i < MAX_TRIES; i++) {
      if (isForgotten(expected, over)) {
        return WriteResult.OVERTAKEN;
      }
      String version = repository.save(record, expected);
      if (version != null) {
        if (!isKept(version, over)) {
          return WriteResult.OVERTAKEN;
        }
        dropUnsaved(over);
        return WriteResult.STORED;
      }
      RecordSnapshot now = stored(over.generation());
      if (isOvertaken(over, now)) {
        dropUnsaved(over);
        return WriteResult.OVERTAKEN;
      }
      expected = versionOf(now);
    }
    throw alwaysAnotherVersion("write");
  }

  /** Deletes what was just written if a sign-out without the lease came in between. */
  private boolean isKept(String version, RecordSnapshot over) {
    history.wrote(over.record(), version);
    if (isForgotten(version, over)) {
      repository.delete(id, version);
      return false;
    }
    return true;
  }

  /** Whether a sign-out came after a snapshot. Its session then never counts, deleted or not. */
  private boolean isForgotten(@Nullable String version, RecordSnapshot snapshot) {
    synchronized (this) {
      if (snapshot.generation() >= signedOutIn) {
        return false;
      }
    }
    history.forget(version);
    history.forget(snapshot.record());
    return true;
  }

  /** Whether a sign-out of this process forgot the session of a record. */
  boolean isForgotten(SessionRecord record) {
    return history.hasForgotten(record);
  }

  /** A sign-in after a sign-out of this process is not overtaken by the deletion of that one. */
  private boolean isOvertaken(RecordSnapshot mine, @Nullable RecordSnapshot stored) {
    if (stored != null && history.hasForgotten(stored)) {
      return false; // a late write of a session that is over
    }
    boolean ownDeletion =
        stored == null
            && mine.provenance() instanceof FromSignIn
            && history.hasForgotten(mine.provenance().version());
    return !ownDeletion && mine.provenance().isOvertakenBy(stored);
  }

  /** The record in memory as of now; a record in memory outlives a generation. */
  private synchronized @Nullable RecordSnapshot unsaved() {
    return unsaved == null
        ? null
        : RecordSnapshot.unsaved(unsaved.record(), unsaved.provenance(), generation.get());
  }

  /** The store holds what replaces the record in memory; one of a later sign-in stays. */
  private void dropUnsaved(RecordSnapshot over) {
    RecordSnapshot dropped;
    synchronized (this) {
      if (unsaved == null || isUnsavedLaterThan(over)) {
        return;
      }
      dropped = unsaved;
      unsaved = null;
    }
    listeners.tell(listener -> listener.storeRecovered(dropped.record().account()));
  }

  private WriteResult keptInMemory(SessionRecord record, TokenStoreFailure failure) {
    failedAgain(failure);
    retries.start();
    listeners.tell(listener -> listener.storeFailed(record.account(), failure));
    // A program may have no listener. Last, because a log may fail.
    log.warn("session {} is kept in memory: {}", id, failure.getMessage());
    return new WriteResult(false, failure);
  }

  private synchronized void failedAgain(TokenStoreFailure failure) {
    unsavedBecause = failure;
  }

  /**
   * Tries once more to store the record in memory.
   *
   * @return why the store does not take it; null if nothing is left to store
   */
  @Nullable TokenStoreFailure storeNow() throws InterruptedException {
    if (retry()) {
      return null;
    }
    synchronized (this) {
      return unsaved == null ? null : unsavedBecause;
    }
  }

  /** Tries to store the record in memory; returns whether nothing is left to store. */
  private boolean retry() throws InterruptedException {
    if (inMemory() == null) {
      return true;
    }
    try (Lease lease = lease()) {
      RecordSnapshot mine = unsaved();
      if (mine != null) {
        RecordSnapshot stored = stored(mine.generation());
        if (isOvertaken(mine, stored)) {
          log.info("session {}: another process signed in or out, or refreshed, meanwhile", id);
          dropUnsaved(mine);
        } else {
          write(mine.record(), mine.over(versionOf(stored)));
        }
      }
    } catch (RuntimeException | Error e) {
      TokenStoreFailure failure = RecordRepository.asFailure(e);
      failedAgain(failure);
      log.debug("session {} is still in memory: {}", id, failure.getMessage());
    }
    return inMemory() == null;
  }

  /**
   * Forgets the record and deletes it from the store. Advances the generation before, so that late
   * writes are deleted, and after, so that nobody caches what was read meanwhile.
   *
   * @throws TokenStoreFailure if the record could not be deleted from the store; this process
   *     forgets it all the same
   */
  void delete() {
    synchronized (this) {
      history.forgetAll();
      unsaved = null;
      signedOutIn = generation.incrementAndGet();
    }
    try {
      for (int i = 0; i < MAX_TRIES; i++) {
        String version = repository.version(id);
        if (version == null) {
          return;
        }
        history.forget(version);
        if (repository.delete(id, version)) {
          return;
        }
      }
      throw alwaysAnotherVersion("deletion");
    } finally {
      generation.incrementAndGet();
    }
  }

  private static TokenStoreFailure interrupted() {
    return new TokenStoreFailure(
        Problem.LEASE_TIMEOUT,
        "The wait for the lease was interrupted",
        "The session is stored as soon as possible; leave the program running.",
        null);
  }

  private static TokenStoreFailure alwaysAnotherVersion(String call) {
    return new TokenStoreFailure(
        Problem.NOT_DURABLE,
        "The token store reports another version at each " + call,
        "Check that no other program writes to it.",
        null);
  }

  private @Nullable RecordSnapshot stored(int now) {
    RecordSnapshot stored = repository.load(id, now);
    history.saw(stored);
    return stored;
  }

  private static @Nullable String versionOf(@Nullable RecordSnapshot stored) {
    return stored == null ? null : stored.version();
  }
}
