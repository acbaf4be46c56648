package dev.latchkey.keyring;

import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.internal.backend.KeyringHost;
import dev.latchkey.keyring.internal.backend.NativeHost;
import dev.latchkey.keyring.internal.backend.SessionBusHost;
import dev.latchkey.keyring.internal.record.KeyringEntries;
import dev.latchkey.keyring.internal.record.RecordLocks;
import dev.latchkey.keyring.internal.worker.KeyringWorker;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of a {@link KeyringTokenStore}. Not thread-safe.
 *
 * <pre>{@code
 * TokenStore store = KeyringTokenStore.builder("com.example.app")
 *     .unlockOnOpen(Duration.ofMinutes(2)) // a dialog, if the keyring is locked
 *     .open();
 * }</pre>
 */
public final class KeyringTokenStoreBuilder {

  private static final Logger log = LoggerFactory.getLogger(KeyringTokenStoreBuilder.class);
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMillis(500);

  private final String service;
  private @Nullable KeyringBackend backend;
  private Duration callLimit = DEFAULT_LIMIT;
  private @Nullable Path lockDirectory;
  private @Nullable Duration unlockLimit;

  KeyringTokenStoreBuilder(String service) {
    this.service = service;
  }

  /**
   * Uses this keyring and no other. Default: the one of the operating system; on Linux the Secret
   * Service if there is one, otherwise KWallet.
   *
   * @param backend the keyring
   * @return this builder
   */
  public KeyringTokenStoreBuilder backend(KeyringBackend backend) {
    this.backend = Objects.requireNonNull(backend);
    return this;
  }

  /**
   * Limits each call of the keyring; an operation of the store makes several. The limit counts from
   * when the call leaves: until then, while the program loads classes, finds the keyring, connects
   * and makes earlier calls, it may take six times as long, since a busy machine is no fault of the
   * keyring. Also limits how long a write waits for another writer of the same record. Default: 10
   * seconds.
   *
   * @param limit more than zero
   * @return this builder
   * @throws IllegalArgumentException if the limit is zero or less
   */
  public KeyringTokenStoreBuilder callLimit(Duration limit) {
    this.callLimit = checkPositive(limit);
    return this;
  }

  static Duration checkPositive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("A time limit must be more than zero, unlike " + limit);
    }
    return limit;
  }

  /**
   * Sets where the lock files live: the same directory for all programs that share the entries, on
   * a local disk, writable by this user only. Default: a directory in the user's home.
   *
   * @param directory created if it does not exist
   * @return this builder
   * @throws IllegalArgumentException if it is not on the default file system
   */
  public KeyringTokenStoreBuilder lockDirectory(Path directory) {
    if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException(directory + " is not on the default file system.");
    }
    this.lockDirectory = directory.toAbsolutePath();
    return this;
  }

  /**
   * Shows the keyring's dialog if the keyring, or an entry of this service, is locked when it is
   * opened, as {@link KeyringTokenStore#unlock} does. Default: no dialog.
   *
   * @param limit how long to wait for the person, more than zero
   * @return this builder
   * @throws IllegalArgumentException if the limit is zero or less
   */
  public KeyringTokenStoreBuilder unlockOnOpen(Duration limit) {
    this.unlockLimit = checkPositive(limit);
    return this;
  }

  /**
   * Opens the store. Blocks for a moment, and after {@link #unlockOnOpen} until the person answers.
   *
   * @return the store
   * @throws KeyringUnavailable if there is no keyring
   * @throws dev.latchkey.error.TokenStoreFailure if it does not answer, or was not unlocked
   */
  public KeyringTokenStore open() {
    String os = System.getProperty("os.name", "");
    Path chosen = lockDirectory;
    Path locks =
        chosen != null ? chosen : defaultLockDirectory(os, System.getProperty("user.home", ""));
    return open(host(os), locks, IDLE, Time.system());
  }

  KeyringTokenStore open(
      Supplier<? extends KeyringHost> host, Path locks, Duration idle, Time time) {
    KeyringWorker worker = new KeyringWorker(host, service, callLimit, idle, time);
    KeyringTokenStore store = open(worker, worker, locks);
    Duration unlocking = unlockLimit;
    if (unlocking != null) {
      store.unlock(unlocking);
    }
    try {
      worker.open();
    } catch (KeyringLocked later) {
      log.debug("The keyring is locked: {}", worker.backend());
    }
    return store;
  }

  KeyringTokenStore open(KeyringWorker worker, KeyringEntries entries, Path directory) {
    Path locks = directory.resolve("keyring-" + service.toLowerCase(Locale.ROOT));
    return new KeyringTokenStore(
        service, worker, entries, new RecordLocks(locks, callLimit, worker::whenQuiet), callLimit);
  }

  private Supplier<KeyringHost> host(String os) {
    KeyringBackend wanted = backend == null ? KeyringBackend.of(os) : backend;
    Duration limit = callLimit.multipliedBy(3).dividedBy(4); // a probe ends before its call does
    if (wanted == null) {
      return () -> SessionBusHost.find(limit);
    }
    return switch (wanted) {
      case WINDOWS_CREDENTIAL_MANAGER, MACOS_KEYCHAIN -> () -> new NativeHost(wanted);
      case SECRET_SERVICE, KWALLET -> () -> SessionBusHost.of(wanted, limit);
    };
  }

  /**
   * The same directory for all processes of one person, whatever their environments: on POSIX, Java
   * takes {@code user.home} from the user database and not from {@code HOME}.
   */
  static Path defaultLockDirectory(String osName, String home) {
    Path base = home.isEmpty() ? Path.of("?") : Path.of(home);
    if (!base.isAbsolute()) {
      throw new KeyringUnavailable(
          "This user has no home directory for lock files.",
          "Give the store a lockDirectory, the same for all programs of this user.",
          null);
    }
    String os = osName.toLowerCase(Locale.ROOT);
    String state =
        os.startsWith("windows")
            ? "AppData/Local"
            : os.startsWith("mac") ? "Library/Application Support" : ".local/state";
    return base.resolve(state).resolve("latchkey").resolve("locks");
  }
}
