package dev.latchkey.store;

import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions: small secret records under keys, each with a version. Implement it to use a
 * storage of your own, and test that with {@code TokenStoreContract} of the testkit.
 *
 * <p>All methods may block (for a disk, a D-Bus call, a prompt). The library calls them on worker
 * threads only, on several at the same time. Every failure is a {@link TokenStoreFailure}, whose
 * message is shown and logged as it is, so it must quote nothing secret: no record, no key. A store
 * never falls back to another place, and never to plaintext. The cost of an operation on one record
 * does not grow with the number of records.
 *
 * <p>Keys are 1 to 64 characters of {@code a-z}, {@code 0-9} and {@code -}. Contents are text of 1
 * to 100,000 characters, any Unicode without lone surrogates. A store rejects anything else with an
 * {@link IllegalArgumentException}; {@link RecordLimits} has the checks. Versions are opaque: only
 * equality matters, and no two writes of one key ever return the same version.
 *
 * <pre>{@code
 * try (TokenStore.Lease lease = store.lease("account", timeout)) {
 *   StoredRecord current = store.read("account");
 *   String version = store.write("account", content, current == null ? null : current.version());
 * }
 * }</pre>
 *
 * @see EncryptedFileTokenStore
 */
public interface TokenStore extends AutoCloseable {

  /**
   * Reads one record. Needs no lease; never sees half of a write.
   *
   * @param key the record's key
   * @return the record, or null if there is none
   * @throws TokenStoreFailure if the store cannot be read, if the record is damaged, or if a newer
   *     version of the library wrote it
   */
  @Nullable StoredRecord read(String key);

  /**
   * Writes one record if the store still holds the expected version: a compare-and-set, atomic and
   * durable. When it returns a version, the record survives a crash or a power cut.
   *
   * @param key the record's key
   * @param content the text to keep
   * @param expectedVersion the version to replace, or null to create a record that is not there
   * @return the new version; null if nothing was written, because the store held another version,
   *     or held a record where null was expected
   * @throws TokenStoreFailure if the write failed, or if its outcome is unknown. The store then
   *     holds either the old record or this one, whole; reading tells which
   */
  @Nullable String write(String key, String content, @Nullable String expectedVersion);

  /**
   * Deletes one record if the store still holds the expected version.
   *
   * @param key the record's key
   * @param expectedVersion the version to delete
   * @return true if it was deleted; false if the store held another version, or none
   * @throws TokenStoreFailure if the deletion failed, or if its outcome is unknown
   */
  boolean delete(String key, String expectedVersion);

  /**
   * Lists the keys of all records, including damaged ones, in no particular order.
   *
   * @return an unmodifiable snapshot
   * @throws TokenStoreFailure if the store cannot be read
   */
  Set<String> keys();

  /**
   * Acquires the exclusive lease of one key: at most one holder among all threads of all processes
   * that share the store, across store instances. Not reentrant, not bound to the thread, and
   * independent of {@link #write}, which works with or without the lease. A process that dies loses
   * its leases at once. Blocks for up to {@code timeout}.
   *
   * @param key the key; a record need not exist
   * @param timeout how long to wait at most; zero tries once
   * @return the lease, which any thread may close
   * @throws TokenStoreFailure with {@link TokenStoreFailure.Problem#LEASE_TIMEOUT} if another
   *     holder kept it for that long; with {@link TokenStoreFailure.Problem#UNAVAILABLE} if locking
   *     fails
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Lease lease(String key, Duration timeout) throws InterruptedException;

  /**
   * Checks that a write of this size would succeed, without changing what {@link #read} returns.
   * Called under the lease before a refresh token is spent, so that a locked or full storage fails
   * while nothing is lost yet; and, without a lease and for a key that has no record, before a
   * person is sent to the browser to sign in. In that case it leaves nothing behind. The default
   * implementation does nothing.
   *
   * @param key the record's key
   * @param length the length of the longest content to expect, in characters
   * @throws TokenStoreFailure if a write would fail
   */
  default void prepareWrite(String key, int length) {}

  /**
   * Describes the kind and the place of the store, for a status page: for example {@code encrypted
   * files in /home/…}.
   *
   * @return one line without secrets
   */
  String description();

  /** Releases the store's resources. The records stay. The default implementation does nothing. */
  @Override
  default void close() {}

  /** The exclusive right to spend and replace one record's refresh token. */
  interface Lease extends AutoCloseable {
    /** Releases the lease. Has no effect when repeated; never throws. */
    @Override
    void close();
  }
}
