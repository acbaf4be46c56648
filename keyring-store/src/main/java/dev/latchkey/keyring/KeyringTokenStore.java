package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.keyring.internal.record.ChunkedRecords;
import dev.latchkey.keyring.internal.record.ContentCodec;
import dev.latchkey.keyring.internal.record.EntryNames;
import dev.latchkey.keyring.internal.record.KeyIndex;
import dev.latchkey.keyring.internal.record.KeyringEntries;
import dev.latchkey.keyring.internal.record.RecordHead;
import dev.latchkey.keyring.internal.record.RecordLocks;
import dev.latchkey.keyring.internal.worker.KeyringWorker;
import dev.latchkey.store.RecordLimits;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions in the secret storage of the operating system: Windows Credential Manager, macOS
 * Keychain, the Secret Service (GNOME Keyring, KeePassXC) or KWallet.
 *
 * <pre>{@code
 * TokenStore store = KeyringTokenStore.open("com.example.app");
 * }</pre>
 *
 * <p>Any number of processes of one person may share the sessions. A write leaves the whole old
 * record or the whole new one, and is read back from the keyring before it counts. Only {@link
 * #unlock} and {@link KeyringTokenStoreBuilder#unlockOnOpen} make the keyring show a dialog. A
 * keyring may show one on its own: macOS when it chooses to, KWallet if its wallet is closed in the
 * middle of a call or if it is set to ask for each program, and KeePassXC before the first deletion
 * if it does not move entries to its recycle bin without a question. A locked keyring is reported
 * as {@link KeyringLocked}, a missing one as {@link KeyringUnavailable}, and a dialog that is
 * needed for single entries and was not allowed as a {@link TokenStoreFailure} with {@link
 * Problem#CONFIRMATION_NEEDED}. Each call of the keyring has a time limit, 10 seconds unless the
 * builder sets another.
 *
 * <p>A record consists of several entries of at most 1200 ASCII characters, in KeePassXC of two of
 * any length, whose names are hashes. Other programs of the same person can read what the keyring
 * lets them read: on Linux, all of it.
 *
 * <p>If processes ever write without sharing a lock, the Secret Service may hold an entry twice.
 * Reading it throws a {@link TokenStoreFailure} with {@link Problem#AMBIGUOUS}, whose remedy is the
 * command that deletes both. The store never deletes them itself: it cannot tell which of the two
 * leads to the refresh token that is still valid, and another process may be using that session.
 *
 * <p>Empty lock files remain in {@code ~/.local/state/latchkey/locks} (macOS: {@code
 * ~/Library/Application Support}, Windows: {@code AppData\Local}). The home directory is the one in
 * the user database, not that of {@code HOME}, so that processes with different environments share
 * their locks. Programs in a sandbox or container with another home directory, or started with
 * {@code -Duser.home}, do not: give them the same {@linkplain
 * KeyringTokenStoreBuilder#lockDirectory lock directory}.
 *
 * <p>On Linux the store looks for the D-Bus session bus as other programs do: at the addresses in
 * {@code DBUS_SESSION_BUS_ADDRESS}, one after another until somebody listens. Only without that
 * variable, or if it is empty, it looks at {@code $XDG_RUNTIME_DIR/bus}, or {@code
 * /run/user/UID/bus} without that one. An address of {@code disabled:} means no bus. A bus that
 * cannot be used is a {@link KeyringUnavailable} that says why: none is there, it belongs to
 * another user, it is at an abstract socket (which Java cannot open), or a sandbox hides the
 * keyring. One that does not answer is a {@link TokenStoreFailure} with {@link Problem#TIMED_OUT},
 * and does not pass for a keyring that hangs.
 *
 * <p>The entries are kept in the default collection of a Secret Service, or where entries of this
 * service already are, if that is in one other collection. They stay there as long as the
 * connection, even if another collection becomes the default one.
 *
 * <p>Thread-safe. The store holds nothing open once it has been idle for half a second, except a
 * connection to KeePassXC, so it need not be closed; after {@link #close()} it can still be used.
 */
public final class KeyringTokenStore implements TokenStore {

  private static final Logger log = LoggerFactory.getLogger(KeyringTokenStore.class);

  private final String service;
  private final KeyringWorker worker;
  private final ChunkedRecords records;
  private final RecordLocks locks;
  private final KeyIndex index;
  private final Duration limit;

  KeyringTokenStore(
      String service,
      KeyringWorker worker,
      KeyringEntries entries,
      RecordLocks locks,
      Duration limit) {
    this.service = service;
    this.limit = limit;
    this.worker = worker;
    this.records = new ChunkedRecords(entries);
    this.locks = locks;
    this.index = new KeyIndex(records, locks, service);
  }

  /**
   * Opens the keyring of this operating system, which may be locked. Blocks for a moment.
   *
   * @param service the application, in reverse DNS form: 1 to 100 ASCII letters, digits, {@code .},
   *     {@code -} and {@code _}; the first and the last are letters or digits
   * @return the store
   * @throws IllegalArgumentException if the service is not such a name
   * @throws KeyringUnavailable if there is no keyring
   * @throws TokenStoreFailure with {@link Problem#TIMED_OUT} if the keyring does not answer
   */
  public static KeyringTokenStore open(String service) {
    return builder(service).open();
  }

  /**
   * Returns a builder of a store, for settings other than the defaults.
   *
   * @param service the application, as for {@link #open}
   * @return a builder
   * @throws IllegalArgumentException if the service is not such a name
   */
  public static KeyringTokenStoreBuilder builder(String service) {
    return new KeyringTokenStoreBuilder(EntryNames.checkService(service));
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    return records.read(names(key));
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    RecordLimits.checkContent(content);
    EntryNames names = names(key);
    return locks.locked(
        names,
        () -> {
          RecordHead head = records.head(names);
          if (head == null ? expectedVersion != null : !head.version().equals(expectedVersion)) {
            return null;
          }
          if (head == null) {
            index.add(key);
            return records.replace(names, key, null, content);
          }
          String version = records.replace(names, key, head, content);
          index.restore(key);
          return version;
        });
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    EntryNames names = names(key);
    return locks.locked(
        names,
        () -> {
          RecordHead head = records.head(names);
          if (head != null && !head.version().equals(expectedVersion)) {
            return false;
          }
          if (head == null) {
            records.removeChunks(names); // of a deletion that was cut short
          } else {
            records.remove(names);
          }
          index.removeIfPossible(key);
          return head != null;
        });
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new HashSet<>();
    for (String key : index.keys()) {
      if (exists(key)) {
        keys.add(key);
      } else {
        prune(key);
      }
    }
    return Set.copyOf(keys);
  }

  /** True for a record that cannot be read, too. */
  private boolean exists(String key) {
    try {
      return records.head(names(key)) != null;
    } catch (TokenStoreFailure e) {
      return switch (e.problem()) {
        case DAMAGED, NEWER, AMBIGUOUS -> true;
        default -> throw e;
      };
    }
  }

  /**
   * Rebuilds the index of the sessions, and finds the entries that lead to none. Where the keyring
   * lists its entries, as on Linux, all sessions are found again; elsewhere those that the index
   * still lists, or that this process has seen, and of the entries those of listed sessions only.
   * Deletes nothing that leads to a session. Blocks; the more sessions, the longer.
   *
   * @return what {@link #remove(OrphanedEntries)} can delete: damaged sessions, and pieces of
   *     sessions that were not completed or not wholly deleted. What another version of this
   *     library may still read is not among them
   * @throws TokenStoreFailure if the keyring cannot be used, or the index is of a newer version
   */
  public List<OrphanedEntries> repair() {
    index.rebuild(limit);
    Set<String> ids = records.ids();
    List<OrphanedEntries> orphans = new ArrayList<>();
    if (ids == null) {
      for (String key : index.keys()) {
        addIfOrphan(names(key), orphans);
      }
    } else {
      for (String id : ids) {
        addIfOrphan(new EntryNames(service, id), orphans);
      }
    }
    return List.copyOf(orphans);
  }

  private void addIfOrphan(EntryNames names, List<OrphanedEntries> orphans) {
    String reason = names.isIndex() ? null : orphaned(names);
    if (reason != null) {
      orphans.add(new OrphanedEntries(names.head(), reason));
    }
  }

  /** Why a record leads to no session; null if it does, or may. */
  private @Nullable String orphaned(EntryNames names) {
    try {
      return records.read(names) == null ? "it has no head" : null;
    } catch (TokenStoreFailure e) {
      return switch (e.problem()) {
        case DAMAGED -> "it is damaged";
        case NEWER, AMBIGUOUS -> null;
        default -> throw e;
      };
    }
  }

  /**
   * Deletes entries that {@link #repair} found, if they still lead to no session. Blocks.
   *
   * @param orphan what to delete
   * @return true if nothing is left of it; false if it leads to a session by now
   * @throws TokenStoreFailure if the keyring cannot be used, or does not delete
   */
  public boolean remove(OrphanedEntries orphan) {
    EntryNames names = EntryNames.ofHead(service, orphan.name());
    return locks.locked(
        names,
        () -> {
          if (orphaned(names) == null) {
            return false;
          }
          records.discard(names);
          index.keys().stream().filter(names::isOf).forEach(index::removeIfPossible);
          return true;
        });
  }

  /** Removes what an interrupted creation or deletion left; one under way holds the lock. */
  private void prune(String key) {
    EntryNames names = names(key);
    try {
      locks.locked(
          names,
          Duration.ZERO,
          () -> {
            if (exists(key)) {
              return false;
            }
            records.removeChunks(names);
            index.remove(key);
            return true;
          });
    } catch (TokenStoreFailure e) {
      log.debug("Leaving {} in the index", names.head(), SafeCause.of(e));
    }
  }

  @Override
  public Lease lease(String key, Duration timeout) throws InterruptedException {
    return locks.lease(names(key), timeout);
  }

  /**
   * Writes as many characters as any ASCII text of that length needs, beside the record. Other
   * letters may need up to four times as many; tokens have none, names of people have few.
   */
  @Override
  public void prepareWrite(String key, int length) {
    RecordLimits.checkLength(length);
    EntryNames names = names(key);
    locks.locked(
        names,
        () -> {
          RecordHead head = records.head(names);
          if (head == null) {
            var unused = index.keys(); // the first write of a record changes the index
          }
          records.prepare(names, head, ContentCodec.maxLength(length));
          return true;
        });
  }

  /**
   * Tells which keyring holds the sessions.
   *
   * @return the keyring in use
   */
  public KeyringBackend backend() {
    return worker.backend();
  }

  /**
   * Checks whether the keyring is locked, or any entry of this service in it, without a dialog.
   * Blocks for a moment. Meaningful on Linux only: Windows has no lock, and a macOS keychain is not
   * checked, though calls may throw {@link KeyringLocked}.
   *
   * @return true if the keyring is there and {@link #unlock} would have something to ask for
   * @throws TokenStoreFailure if it is not there or does not answer
   */
  public boolean isLocked() {
    return worker.isLocked();
  }

  /**
   * Asks the person to unlock the keyring, in the keyring's own dialog, and then the entries of
   * this service that are locked by themselves; returns at once if nothing is locked. Blocks until
   * the person answers; meanwhile all other calls throw {@link KeyringLocked} at once.
   *
   * <p>KeePassXC, unless it is set to confirm nothing, lets a program read only entries that it
   * created itself or that the person has unlocked for it, and forgets this when the connection
   * ends. The store then keeps its connection, until {@link #close()} or the end of the program,
   * which it does not delay. Entries that another process adds are locked again.
   *
   * <p>On Windows and macOS this does nothing: macOS asks on its own where it can, and where it
   * cannot, as over SSH, {@code security unlock-keychain} helps.
   *
   * <p>When the time is up, GNOME Keyring's dialog is removed; those of KWallet and KeePassXC stay
   * until they are answered.
   *
   * @param limit how long to wait for the person, more than zero
   * @throws IllegalArgumentException if the limit is zero or less
   * @throws KeyringLocked if the person refused
   * @throws TokenStoreFailure with {@link Problem#CONFIRMATION_NEEDED} if entries stay locked
   * @throws TokenStoreFailure with {@link Problem#TIMED_OUT} if the time is up, or if this thread
   *     is interrupted, which it then still is
   */
  public void unlock(Duration limit) {
    worker.unlock(KeyringTokenStoreBuilder.checkPositive(limit));
  }

  @Override
  public String description() {
    return worker.name() + ", entries of " + service + worker.remark();
  }

  /** Closes the connection to the keyring at once; the next call opens it again. */
  @Override
  public void close() {
    worker.disconnect();
  }

  @Override
  public String toString() {
    return "KeyringTokenStore[" + description() + "]";
  }

  private EntryNames names(String key) {
    return EntryNames.ofKey(service, key);
  }
}
