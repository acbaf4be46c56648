package dev.latchkey.keyring;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a keyring is to be used. Not thread-safe. */
public final class KeyringTokenStoreBuilder {

  private static final Logger LOG = LoggerFactory.getLogger(KeyringTokenStoreBuilder.class);
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMillis(500);

  private final String service;
  private @Nullable KeyringBackend backend;
  private Duration callLimit = USUAL_LIMIT;
  private @Nullable Path lockDirectory;
  private @Nullable Duration unlockLimit;

  KeyringTokenStoreBuilder(String service) {
    this.service = service;
  }

  /**
   * Uses this keyring and no other. Default: the one of the operating system; on Linux the Secret
   * Service if there is one, else KWallet.
   *
   * @param backend the keyring
   * @return this builder
   */
  public KeyringTokenStoreBuilder backend(KeyringBackend backend) {
    this.backend = Objects.requireNonNull(backend);
    return this;
  }

  /**
   * Limits each call of the keyring; an operation of the store is several of them. So long, too, a
   * write waits for another writer of the same record. Default: 10 seconds.
   *
   * @param limit more than zero
   * @return this builder
   * @throws IllegalArgumentException if it is zero or less
   */
  public KeyringTokenStoreBuilder callLimit(Duration limit) {
    this.callLimit = positive(limit);
    return this;
  }

  static Duration positive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("A time limit must be more than zero, unlike " + limit);
    }
    return limit;
  }

  /**
   * Where the lock files live: the same directory for all programs that share the entries, on a
   * local disk, writable for this user only. Default: a directory in the user's home.
   *
   * @param directory made if it is not there
   * @return this builder
   */
  public KeyringTokenStoreBuilder lockDirectory(Path directory) {
    if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException(directory + " is not on the default file system.");
    }
    this.lockDirectory = directory.toAbsolutePath();
    return this;
  }

  /**
   * Shows the keyring's dialog when a locked one is opened, as {@link KeyringTokenStore#unlock}
   * does. Default: no dialog.
   *
   * @param limit how long to wait for the person, more than zero
   * @return this builder
   * @throws IllegalArgumentException if it is zero or less
   */
  public KeyringTokenStoreBuilder unlockOnOpen(Duration limit) {
    this.unlockLimit = positive(limit);
    return this;
  }

  /**
   * Opens the store. Blocks for a moment, and for the person if that was asked for.
   *
   * @return the store
   * @throws KeyringUnavailable if there is no keyring
   * @throws dev.latchkey.error.TokenStoreFailure if it does not answer, or was not unlocked
   */
  public KeyringTokenStore open() {
    String os = System.getProperty("os.name", "");
    return open(host(os), lockDirectory(os), IDLE);
  }

  KeyringTokenStore open(Host host, Path locks, Duration idle) {
    Worker worker = new Worker(host, service, callLimit, idle);
    KeyringTokenStore store = open(worker, worker, locks);
    Duration unlocking = unlockLimit;
    if (unlocking != null) {
      store.unlock(unlocking);
    }
    try {
      worker.open();
    } catch (KeyringLocked later) {
      LOG.debug("The keyring is locked: {}", worker.backend());
    }
    return store;
  }

  KeyringTokenStore open(Worker worker, Secrets secrets, Path directory) {
    Path mine = directory.resolve("keyring-" + service.toLowerCase(Locale.ROOT));
    Locks locks = new Locks(mine, callLimit, worker::whenQuiet);
    return new KeyringTokenStore(service, worker, secrets, locks);
  }

  private Host host(String os) {
    KeyringBackend own = KeyringBackend.of(os);
    KeyringBackend wanted = backend == null ? own : backend;
    if (wanted == KeyringBackend.WINDOWS_CREDENTIAL_MANAGER
        || wanted == KeyringBackend.MACOS_KEYCHAIN) {
      return new NativeHost(wanted);
    }
    Duration limit = callLimit.multipliedBy(3).dividedBy(4); // looking ends before the call does
    return wanted == null ? new FoundHost(limit) : BusHost.of(wanted, limit);
  }

  private Path lockDirectory(String os) {
    Path chosen = lockDirectory;
    return chosen != null
        ? chosen
        : Locks.defaultDirectory(os, System.getProperty("user.home", ""));
  }
}
