package dev.latchkey.store;

import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept: small secret records under keys, each with a version. Implement it to
 * bring a storage of your own, and let it pass {@code TokenStoreContract} of the testkit.
 *
 * <p>All methods may block (a disk, a D-Bus call, a prompt) and are called on worker threads only,
 * by any number of them at once. Every failure is a {@link TokenStoreFailure}; a store never falls
 * back to another place, and never to plaintext. The cost of an operation on one record does not
 * grow with the number of the others.
 *
 * <p>Keys are 1 to 64 characters of {@code a-z}, {@code 0-9} and {@code -}. Contents are text of 1
 * to 100,000 characters, any Unicode without lone surrogates. Versions are opaque: only equality
 * counts, and no two writes of one key ever give the same one.
 */
public interface TokenStore extends AutoCloseable {

  /**
   * Reads one record. Needs no lease; never sees half of a write.
   *
   * @param key the record's key
   * @return the record, or null if there is none
   * @throws TokenStoreFailure if the store cannot be read, or the record is damaged or of a newer
   *     version
   */
  @Nullable StoredRecord read(String key);

  /**
   * Writes one record if the store still holds the expected version: a compare-and-set, atomic and
   * durable. When it returns a version, the record survives a crash or a power cut.
   *
   * @param key the record's key
   * @param content the text to keep
   * @param expectedVersion the version to replace, or null to create a record that is not there
   * @return the new version, or null if the store held another version (or none, or one already)
   *     and nothing was written
   * @throws TokenStoreFailure if it could not be written, or if that is not known: the old record
   *     is there or this one, whole; reading tells which
   */
  @Nullable String write(String key, String content, @Nullable String expectedVersion);

  /**
   * Deletes one record if the store still holds the expected version.
   *
   * @param key the record's key
   * @param expectedVersion the version to delete
   * @return true if it was deleted; false if the store held another version, or none
   * @throws TokenStoreFailure if it could not be deleted, or if that is not known
   */
  boolean delete(String key, String expectedVersion);

  /**
   * The keys of all records, damaged ones too, in no order.
   *
   * @return an unmodifiable snapshot
   * @throws TokenStoreFailure if the store cannot be read
   */
  Set<String> keys();

  /**
   * Takes the exclusive lease of one key: at most one holder among all threads of all processes
   * that share the store, for whichever store instance. Not reentrant, not bound to the thread, and
   * independent of {@link #write}, which works with or without it. A holder that dies loses it at
   * once. Blocks for up to {@code timeout}.
   *
   * @param key the key; a record need not exist
   * @param timeout how long to wait at most; zero tries once
   * @return the lease, to be closed on any thread
   * @throws TokenStoreFailure with {@link TokenStoreFailure.Problem#LEASE_TIMEOUT} if another
   *     holder kept it for that long; with {@code UNAVAILABLE} if locks cannot be had
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Lease lease(String key, Duration timeout) throws InterruptedException;

  /**
   * Proves that a write of this size would succeed, without changing what {@link #read} gives.
   * Called under the lease before a refresh token is spent, so that a locked or full storage fails
   * while nothing is lost yet. By default does nothing.
   *
   * @param key the record's key
   * @param length how many characters the content may have
   * @throws TokenStoreFailure if a write would fail
   */
  default void prepareWrite(String key, int length) {}

  /**
   * What and where the store is, for a status page, such as {@code encrypted files in /home/…}.
   *
   * @return one line without secrets
   */
  String description();

  /** Releases what the store holds open. The records stay. By default does nothing. */
  @Override
  default void close() {}

  /** The exclusive right to spend and replace one record's refresh token. */
  interface Lease extends AutoCloseable {
    /** Gives the lease back. Harmless when repeated; never throws. */
    @Override
    void close();
  }
}
