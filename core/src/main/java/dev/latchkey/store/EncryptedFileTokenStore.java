package dev.latchkey.store;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.file.FileFailures;
import dev.latchkey.internal.file.FileOperations;
import dev.latchkey.internal.file.OwnerOnly;
import dev.latchkey.internal.file.Uninterrupted;
import dev.latchkey.internal.text.SafeCause;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each session in an encrypted file, for machines without a keyring. The application brings
 * the key, and keeps it in a safer place than beside the files.
 *
 * <pre>{@code
 * TokenStore store = EncryptedFileTokenStore.open(Path.of("/home/jo/.local/state/app"), key);
 * }</pre>
 *
 * <p>A record is encrypted with AES-256-GCM under a fresh random nonce. Whoever lacks the key can
 * neither read nor forge a record, nor pass one off as another; whoever can write in the directory
 * can still put back an older copy. Record keys and sizes are not hidden. A write creates a new
 * file, syncs it to the disk and moves it over the old one, so that a reader, and the program after
 * a crash or a power cut, finds either the old record or the new one, whole. Any number of
 * processes may share the directory.
 *
 * <p>The directory is created with mode 0700 and its files with 0600. An existing directory must
 * belong to this user, must not be writable by others, and must not itself be a symbolic link
 * (those above it may be). The directories above it, and links among them, must belong to this user
 * or to root (or to {@code nobody}, which is how a sandbox shows root). Of these directories,
 * others may write only in those with the sticky bit, such as {@code /tmp}. A record or lock that
 * is not a regular file of this user, or that others may open, is rejected. On file systems without
 * POSIX permissions (Windows), only owners and types are checked: choose a directory inside the
 * user's profile, whose access list it inherits. Choose a local disk: the store is as reliable as
 * the file system's locks, renames and syncs.
 *
 * <p>Two empty lock files remain for each record that ever existed: deleting a lock file would open
 * a race. Thread-safe. {@link #close()} does nothing.
 */
public final class EncryptedFileTokenStore implements TokenStore {

  private static final Logger log = LoggerFactory.getLogger(EncryptedFileTokenStore.class);

  /** Ample: a writer holds the lock for milliseconds. */
  private static final Duration MAX_WRITE_TIME = Duration.ofSeconds(10);

  private final RecordFiles files;
  private final SealedFile format;
  private final FileOperations operations;
  private final Duration maxWriteTime;
  private final boolean directoryCanBeSynced;

  private EncryptedFileTokenStore(
      RecordFiles files, SealedFile format, FileOperations operations, Duration maxWriteTime) {
    this.files = files;
    this.format = format;
    this.operations = operations;
    this.maxWriteTime = maxWriteTime;
    this.directoryCanBeSynced = operations.syncIfPossible(files.directory());
  }

  /**
   * Opens the store in a directory, which is created if it does not exist. Blocks for file access.
   *
   * @param directory an owner-only directory that only this application uses
   * @param key 32 bytes from a cryptographic random source, the same ones each time; copied
   * @return the store
   * @throws IllegalArgumentException if the key has another length, or the directory is not on the
   *     default file system
   * @throws TokenStoreFailure with {@link Problem#UNAVAILABLE} if the directory cannot be used or
   *     trusted; with {@link Problem#WRONG_KEY} if a record in it was written with another key
   */
  public static EncryptedFileTokenStore open(Path directory, byte[] key) {
    return open(directory, key, new FileOperations(), MAX_WRITE_TIME);
  }

  /**
   * Opens the store with a key object; otherwise as {@link #open(Path, byte[])}.
   *
   * @param directory an owner-only directory that only this application uses
   * @param key an AES key of 256 bits whose bytes can be read, the same one each time; copied
   * @return the store
   * @throws IllegalArgumentException if the key has another length or does not reveal its bytes, or
   *     the directory is not on the default file system
   * @throws TokenStoreFailure with {@link Problem#UNAVAILABLE} if the directory cannot be used or
   *     trusted; with {@link Problem#WRONG_KEY} if a record in it was written with another key
   */
  public static EncryptedFileTokenStore open(Path directory, SecretKey key) {
    byte[] bytes = key.getEncoded();
    if (bytes == null) {
      throw new IllegalArgumentException("The key of an encrypted file store must give its bytes.");
    }
    try {
      return open(directory, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  static EncryptedFileTokenStore open(
      Path directory, byte[] key, FileOperations operations, Duration maxWriteTime) {
    SealedFile format = new SealedFile(key);
    if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
      throw new IllegalArgumentException(directory + " is not on the default file system.");
    }
    RecordFiles files = new RecordFiles(directory.toAbsolutePath());
    OwnerOnly.irreplaceableDirectory(files.directory());
    var store = new EncryptedFileTokenStore(files, format, operations, maxWriteTime);
    store.checkKey();
    store.deleteLeftovers();
    return store;
  }

  /** Tries the first undamaged record, so that a wrong key shows before anybody signs in. */
  private void checkKey() {
    for (String key : keys()) {
      try {
        read(key);
        return;
      } catch (TokenStoreFailure e) {
        if (e.problem() == Problem.WRONG_KEY) {
          throw e;
        }
      }
    }
  }

  /** Deletes temporary files of killed writers; a living writer holds the lock. */
  private void deleteLeftovers() {
    try {
      for (String key : files.keysOfTemporaries()) {
        deleteLeftover(key);
      }
    } catch (IOException unreadable) {
      log.debug("Cannot look for leftovers in {}", files.directory(), SafeCause.of(unreadable));
    }
  }

  private void deleteLeftover(String key) {
    Path temporary = files.temporary(key);
    try {
      locked(key, Duration.ZERO, "delete", temporary, () -> operations.delete(temporary));
    } catch (TokenStoreFailure e) {
      // A living writer or a read-only directory: neither prevents opening.
      log.debug("Leaving {}", temporary, SafeCause.of(e));
    }
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    Path file = files.record(key);
    OwnerOnly.checkIrreplaceable(files.directory());
    try {
      byte[] bytes = operations.read(file, SealedFile.MAX_FILE_LENGTH);
      return bytes == null ? null : format.open(key, bytes, file);
    } catch (IOException e) {
      throw FileFailures.failed("read", file, e);
    }
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    byte[] sealed = format.seal(key, RecordLimits.checkContent(content));
    Path record = files.record(key);
    boolean written =
        locked(
            key,
            maxWriteTime,
            "write",
            record,
            () -> {
              if (!holds(key, expectedVersion)) {
                return false;
              }
              replace(key, sealed);
              syncDirectory(record);
              return true;
            });
    return written ? SealedFile.version(sealed) : null;
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    Path record = files.record(key);
    return locked(
        key,
        maxWriteTime,
        "delete",
        record,
        () -> {
          if (!holds(key, Objects.requireNonNull(expectedVersion))) {
            return false;
          }
          operations.delete(record);
          operations.delete(files.temporary(key));
          syncDirectory(record);
          return true;
        });
  }

  @Override
  public Set<String> keys() {
    OwnerOnly.checkIrreplaceable(files.directory());
    try {
      return Set.copyOf(files.keysOfRecords());
    } catch (IOException e) {
      throw FileFailures.failed("list", files.directory(), e);
    }
  }

  @Override
  public Lease lease(String key, Duration timeout) throws InterruptedException {
    Path lockFile = files.lease(key);
    OwnerOnly.irreplaceableDirectory(files.directory());
    return FileLease.acquire(lockFile, timeout);
  }

  /**
   * Writes a temporary file as large as the longest text of that length needs. Its bytes cannot be
   * compressed, as those of a record cannot; to encrypt so many took longer than all else.
   */
  @Override
  public void prepareWrite(String key, int length) {
    byte[] sealed = new byte[SealedFile.maxLength(RecordLimits.checkLength(length))];
    format.seal(key, ""); // a Java without the cipher is found now, and its classes are loaded
    new SplittableRandom().nextBytes(sealed);
    Path temporary = files.temporary(key);
    locked(
        key,
        maxWriteTime,
        "write",
        temporary,
        () -> {
          read(key);
          create(temporary, sealed);
          return operations.delete(temporary);
        });
  }

  @Override
  public String description() {
    return "encrypted files in " + files.directory();
  }

  @Override
  public String toString() {
    return "EncryptedFileTokenStore[" + files.directory() + "]";
  }

  private boolean holds(String key, @Nullable String expectedVersion) {
    StoredRecord record = read(key);
    return Objects.equals(record == null ? null : record.version(), expectedVersion);
  }

  private void create(Path temporary, byte[] sealed) throws IOException {
    operations.delete(temporary); // left by a killed writer: a living one would hold the lock
    operations.create(temporary, sealed);
  }

  private void replace(String key, byte[] sealed) throws IOException {
    Path temporary = files.temporary(key);
    create(temporary, sealed);
    try {
      operations.replace(temporary, files.record(key));
    } catch (IOException e) {
      operations.delete(temporary);
      throw e;
    }
  }

  private void syncDirectory(Path record) {
    if (!directoryCanBeSynced) {
      return;
    }
    try {
      operations.sync(files.directory());
    } catch (IOException e) {
      throw FileFailures.notDurable(record, e);
    }
  }

  /** A change under the write lock of a record. */
  private interface Change {
    boolean make() throws IOException;
  }

  /** Makes a change while no other writer of the record, in any process, makes one. */
  private boolean locked(String key, Duration limit, String verb, Path file, Change change) {
    Path lockFile = files.writeLock(key);
    OwnerOnly.irreplaceableDirectory(files.directory());
    try (FileLease lock = Uninterrupted.run(() -> FileLease.acquire(lockFile, limit))) {
      return change.make();
    } catch (IOException e) {
      throw FileFailures.failed(verb, file, e);
    } catch (TokenStoreFailure e) {
      if (e.problem() != Problem.LEASE_TIMEOUT) {
        throw e;
      }
      throw new TokenStoreFailure(Problem.TIMED_OUT, String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }
}
