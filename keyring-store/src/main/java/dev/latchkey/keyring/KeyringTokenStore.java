package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions in the secret storage of the operating system: Windows Credential Manager, macOS
 * Keychain, the Secret Service (GNOME Keyring) or KWallet.
 *
 * <pre>{@code
 * TokenStore store = KeyringTokenStore.open("com.example.app");
 * }</pre>
 *
 * <p>Any number of processes of one person may share it. A write is an old record or a new one,
 * whole, read back from the keyring before it counts. No dialog is asked for but by {@link #unlock}
 * and {@link KeyringTokenStoreBuilder#unlockOnOpen}. One may come unasked from a keyring that asks
 * on its own: macOS does when it wants to, and KWallet if its wallet is closed in the middle of a
 * call or if it was set to ask for each program. A locked keyring is a {@link KeyringLocked}, a
 * missing one a {@link KeyringUnavailable}. Each call of the keyring has a time limit, 10 seconds
 * unless the builder says otherwise.
 *
 * <p>A record is several entries of at most 1200 ASCII characters, whose names are hashes. Other
 * programs of the same person can read what the keyring lets them read: on Linux, all of it.
 *
 * <p>Should processes ever write without meeting at the same lock, the Secret Service may hold an
 * entry twice: a {@link TokenStoreFailure} with {@link Problem#AMBIGUOUS}, whose remedy is the
 * command that deletes them. Nothing here does it: which of the two leads to the refresh token that
 * is still good cannot be told, and a session that another process lives on may be among them.
 *
 * <p>Lock files, empty, stay behind in {@code ~/.local/state/latchkey/locks} (macOS: {@code
 * ~/Library/Application Support}, Windows: {@code AppData\Local}). The home directory is the one of
 * the user database, not that of {@code HOME}: processes with different environments meet. They do
 * not where one runs in a sandbox or container with another home directory, or with {@code
 * -Duser.home}: give such programs the same {@linkplain KeyringTokenStoreBuilder#lockDirectory lock
 * directory}.
 *
 * <p>On the module path on Linux, start the program with {@code --add-opens
 * org.freedesktop.dbus/org.freedesktop.dbus.connections=dev.latchkey.keyring}. Without it a program
 * whose keyring hung does not exit by itself: dbus-java leaves a thread behind.
 *
 * <p>Thread-safe. It holds nothing open once it has been idle for half a second, so it need not be
 * closed; after {@link #close()} it can still be used.
 */
public final class KeyringTokenStore implements TokenStore {

  private static final Logger LOG = LoggerFactory.getLogger(KeyringTokenStore.class);

  private final String service;
  private final Worker worker;
  private final Records records;
  private final Locks locks;
  private final Index index;

  KeyringTokenStore(String service, Worker worker, Secrets secrets, Locks locks) {
    this.service = service;
    this.worker = worker;
    this.records = new Records(secrets);
    this.locks = locks;
    this.index = new Index(records, locks, service);
  }

  /**
   * Opens the keyring of this operating system. Blocks for a moment; a locked keyring can be
   * opened.
   *
   * @param service the application, in reverse DNS form: 1 to 100 ASCII letters, digits, {@code .},
   *     {@code -} and {@code _}
   * @return the store
   * @throws IllegalArgumentException if the service is no such name
   * @throws KeyringUnavailable if there is no keyring
   * @throws TokenStoreFailure with {@link Problem#TIMED_OUT} if it does not answer
   */
  public static KeyringTokenStore open(String service) {
    return builder(service).open();
  }

  /**
   * Opens the keyring with other settings than the usual ones.
   *
   * @param service the application, as for {@link #open}
   * @return a builder
   * @throws IllegalArgumentException if the service is no such name
   */
  public static KeyringTokenStoreBuilder builder(String service) {
    return new KeyringTokenStoreBuilder(Names.service(service));
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    return records.read(names(key));
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    Content.check(content);
    Names names = names(key);
    return locks.locked(
        names,
        () -> {
          Head head = records.head(names);
          if (head == null ? expectedVersion != null : !head.version().equals(expectedVersion)) {
            return null;
          }
          if (head == null) {
            index.add(key);
            return records.replace(names, null, content);
          }
          String version = records.replace(names, head, content);
          index.relist(key);
          return version;
        });
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    Names names = names(key);
    return locks.locked(
        names,
        () -> {
          Head head = records.head(names);
          if (head != null && !head.version().equals(expectedVersion)) {
            return false;
          }
          if (head == null) {
            records.sweep(names); // of a deletion that was cut short
          } else {
            records.remove(names);
          }
          index.unlist(key);
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

  /** One that cannot be read is there, too. */
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

  /** Of a creation or a deletion that was cut short; one that is under way has the lock. */
  private void prune(String key) {
    Names names = names(key);
    try {
      locks.locked(
          names,
          Duration.ZERO,
          () -> {
            if (exists(key)) {
              return false;
            }
            records.sweep(names);
            index.remove(key);
            return true;
          });
    } catch (TokenStoreFailure e) {
      LOG.debug("Leaving {} in the index", names.head(), e);
    }
  }

  @Override
  public Lease lease(String key, Duration timeout) throws InterruptedException {
    return locks.lease(names(key), timeout);
  }

  /**
   * Writes as much as any ASCII text of that length needs, beside the record. Other letters may
   * need up to four times as much; tokens have none, names of people have few.
   */
  @Override
  public void prepareWrite(String key, int length) {
    Content.length(length);
    Names names = names(key);
    locks.locked(
        names,
        () -> {
          records.prepare(names, records.head(names), Packed.most(length));
          return true;
        });
  }

  /**
   * Which keyring it is.
   *
   * @return the keyring of the operating system that is used
   */
  public KeyringBackend backend() {
    return worker.backend();
  }

  /**
   * Looks whether the keyring is locked; shows no dialog. Blocks for a moment. On Linux only:
   * Windows has no lock, and a keychain of macOS is not looked at, though calls may throw {@link
   * KeyringLocked}.
   *
   * @return true if it is there and known to be locked
   * @throws TokenStoreFailure if it is not there or does not answer
   */
  public boolean isLocked() {
    try {
      worker.look();
      return false;
    } catch (KeyringLocked e) {
      return true;
    }
  }

  /**
   * Asks the person to unlock the keyring, in the keyring's own dialog; returns at once if it is
   * not locked. Blocks until that is done; meanwhile other calls throw {@link KeyringLocked} at
   * once.
   *
   * <p>On Windows and macOS it does nothing: macOS asks on its own if it may, and where it may not,
   * as over SSH, {@code security unlock-keychain} helps.
   *
   * <p>When the time is up, GNOME Keyring's dialog is taken away; KWallet's stays until it is
   * answered.
   *
   * @param limit how long to wait for the person, more than zero
   * @throws IllegalArgumentException if the limit is zero or less
   * @throws KeyringLocked if the person refused
   * @throws TokenStoreFailure with {@link Problem#TIMED_OUT} if the time is up, or if this thread
   *     is interrupted, which it then still is
   */
  public void unlock(Duration limit) {
    worker.unlock(KeyringTokenStoreBuilder.positive(limit));
  }

  @Override
  public String description() {
    return backend() + ", entries of " + service;
  }

  /** Closes the connection to the keyring at once; the next call would open it again. */
  @Override
  public void close() {
    worker.disconnect();
  }

  @Override
  public String toString() {
    return "KeyringTokenStore[" + description() + "]";
  }

  private Names names(String key) {
    return Names.ofKey(service, key);
  }
}
