package dev.latchkey.store;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.KeyedLocks;
import dev.latchkey.internal.file.FileFailures;
import dev.latchkey.internal.file.OwnerOnly;
import dev.latchkey.internal.file.OwnerOnlyFile;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.time.ExponentialDelay;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exclusive lease on a lock file: at most one holder among all threads of all processes on this
 * machine that name the same file. For token stores that have no lock of their own. The operating
 * system ends the lease when the process dies, however it dies, so there are no stale leases.
 *
 * <p>The lock file is never deleted: otherwise one process could lock the deleted file while
 * another locks its successor. The file is empty. It and its directory are created for the owner
 * only. What is not a regular file, belongs to another user or can be opened by others is rejected
 * at once, and so is a directory in which others may write. The directories above it are not
 * checked. On file systems without POSIX permissions (Windows), choose a directory inside the
 * user's profile, whose access list it inherits. On a network file system, a lease is as reliable
 * as the system's locks. If two class loaders load this class in one JVM, the two should not share
 * a lock file.
 *
 * <pre>{@code
 * try (FileLease lease = FileLease.acquire(directory.resolve("account.lock"), timeout)) {
 *   // nobody else is here
 * }
 * }</pre>
 */
public final class FileLease implements TokenStore.Lease {

  private static final Logger log = LoggerFactory.getLogger(FileLease.class);
  private static final Time TIME = Time.system();
  private static final ExponentialDelay PAUSES =
      new ExponentialDelay(Duration.ofMillis(1), Duration.ofMillis(20));

  private static final KeyedLocks LOCKS = new KeyedLocks();

  /** Closing these channels would end the lock that another class loader holds on the same file. */
  private static final Map<String, FileChannel> KEPT_OPEN = new ConcurrentHashMap<>();

  private final String path;
  private final FileLock lock;
  private final AtomicBoolean held = new AtomicBoolean(true);

  private FileLease(String path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Acquires the lease. Blocks for up to {@code timeout}. Not reentrant, not bound to the thread.
   *
   * @param file the lock file; it and its directory are created if they do not exist
   * @param timeout how long to wait at most; zero or less tries once
   * @return the lease, which any thread may close
   * @throws TokenStoreFailure with {@link Problem#LEASE_TIMEOUT} if another holder kept it for that
   *     long; with {@link Problem#UNAVAILABLE} if the file cannot be created, locked or trusted
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static FileLease acquire(Path file, Duration timeout) throws InterruptedException {
    Deadline deadline = Deadline.in(timeout, TIME);
    String path = canonical(file);
    // One thread at a time: the operating system's lock belongs to the whole process, and is lost
    // when any channel on the file is closed.
    if (!LOCKS.tryLock(path, timeout)) {
      throw timedOut(file);
    }
    FileLease lease = null;
    try {
      lease = lock(file, path, deadline);
      return lease;
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException("Interrupted while waiting for " + file);
    } catch (IOException e) {
      throw FileFailures.failed("lock", file, e);
    } finally {
      if (lease == null) {
        LOCKS.unlock(path);
      }
    }
  }

  private static String canonical(Path file) {
    Path directory = FileFailures.parent(file.toAbsolutePath());
    OwnerOnly.directory(directory);
    try {
      return directory.toRealPath().resolve(file.getFileName()).toString();
    } catch (IOException e) {
      throw FileFailures.failed("lock", file, e);
    }
  }

  private static FileLease lock(Path file, String path, Deadline deadline)
      throws IOException, InterruptedException {
    FileChannel kept = KEPT_OPEN.remove(path);
    FileChannel channel = kept == null ? OwnerOnlyFile.openOrCreate(file) : kept;
    boolean elsewhere = false;
    FileLock lock = null;
    try {
      for (Duration pause = PAUSES.first(); ; pause = PAUSES.after(pause)) {
        try {
          lock = channel.tryLock();
        } catch (OverlappingFileLockException byAnotherClassLoader) {
          elsewhere = true;
        }
        if (lock != null) {
          return new FileLease(path, lock);
        }
        Duration left = deadline.left();
        if (left.isZero()) {
          throw timedOut(file);
        }
        await(pause.compareTo(left) < 0 ? pause : left);
      }
    } finally {
      if (lock == null) {
        if (elsewhere && channel.isOpen()) {
          KEPT_OPEN.put(path, channel);
        } else {
          channel.close();
        }
      }
    }
  }

  private static void await(Duration pause) throws InterruptedException {
    try {
      TIME.after(pause).get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static TokenStoreFailure timedOut(Path file) {
    return new TokenStoreFailure(
        Problem.LEASE_TIMEOUT,
        "Another thread or process kept the lock " + file + " for too long.",
        "Try again when it is done, or end it: its lock ends with it.",
        null);
  }

  @Override
  public void close() {
    if (!held.getAndSet(false)) {
      return;
    }
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      // The descriptor is gone, and the lock with it.
      log.debug("Closing the lock {} failed", path, SafeCause.of(e));
    } finally {
      LOCKS.unlock(path);
    }
  }

  @Override
  public String toString() {
    return "FileLease[" + path + (held.get() ? ", held]" : ", released]");
  }
}
