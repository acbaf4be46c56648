package dev.latchkey.keyring.internal.record;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.FileLease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lock files, since a keyring has no locks: for each record one for writers and one for the lease.
 */
public final class RecordLocks {

  private final Path directory;
  private final Duration limit;
  private final Consumer<Runnable> whenQuiet;

  /**
   * Locks in a directory.
   *
   * @param limit how long to wait for another writer
   * @param whenQuiet runs an action once no keyring call is under way in this process: an abandoned
   *     write must not happen after its lock was released. A daemon on the session bus may still
   *     have to read it; but the daemon takes requests in order, so whatever the next writer asks
   *     comes after it
   */
  public RecordLocks(Path directory, Duration limit, Consumer<Runnable> whenQuiet) {
    this.directory = directory;
    this.limit = limit;
    this.whenQuiet = whenQuiet;
  }

  public FileLease lease(EntryNames names, Duration timeout) throws InterruptedException {
    return FileLease.acquire(directory.resolve(names.id() + ".lease"), timeout);
  }

  /** Makes a change as the only writer of the record in all processes. */
  public <T> T locked(EntryNames names, Supplier<T> change) {
    return locked(names, limit, change);
  }

  public <T> T locked(EntryNames names, Duration patience, Supplier<T> change) {
    FileLease lock = lock(names, patience);
    try {
      return change.get();
    } finally {
      whenQuiet.accept(lock::close);
    }
  }

  /** Ignores interrupts: a write abandoned halfway would lose a refresh token. */
  private FileLease lock(EntryNames names, Duration patience) {
    Path file = directory.resolve(names.id() + ".lock");
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return FileLease.acquire(file, patience);
        } catch (InterruptedException again) {
          interrupted = true;
        } catch (TokenStoreFailure e) {
          throw e.problem() == Problem.LEASE_TIMEOUT ? busy(file, e) : e;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Not a lease timeout: a writer or a call that hangs holds this lock, not a lease. */
  private static TokenStoreFailure busy(Path file, TokenStoreFailure cause) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "Another thread or process held the write lock " + file + " for too long.",
        "Answer the keyring's dialog if one is open, or end the program that hangs.",
        cause);
  }
}
