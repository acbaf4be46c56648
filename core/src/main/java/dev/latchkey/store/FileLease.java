package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.concurrent.KeyedLocks;
import dev.latchkey.internal.file.FileFailures;
import dev.latchkey.internal.file.OwnerOnly;
import dev.latchkey.internal.file.OwnerOnlyFile;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exclusive lease on a lock file: one holder among all threads of all processes of this machine
 * that name the same file. For token stores that have no lock of their own. The operating system
 * ends it when the process dies, however it dies, so there are no stale leases.
 *
 * <p>The lock file stays for ever: were it deleted, one process could lock the old file while
 * another locks a new one. It is empty, made owner-only, and so is its directory; a symbolic link,
 * a foreign owner, or a directory in which others may write is refused. On file systems without
 * POSIX permissions (Windows) choose a directory inside the user's profile, whose access list it
 * inherits. Network file systems are as good as their locks. A JVM that loads this class twice, by
 * two class loaders, should not share a lock file between the two.
 */
public final class FileLease implements TokenStore.Lease {

  private static final Logger LOG = LoggerFactory.getLogger(FileLease.class);
  private static final Time TIME = Time.system();
  private static final long FIRST_PAUSE = MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = MILLISECONDS.toNanos(20);

  private static final KeyedLocks TURNS = new KeyedLocks();

  /** Closing a channel would end the lock that another class loader holds on the same file. */
  private static final Map<String, FileChannel> KEPT_OPEN = new ConcurrentHashMap<>();

  private final String path;
  private final FileLock lock;
  private final AtomicBoolean held = new AtomicBoolean(true);

  private FileLease(String path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the lease. Blocks for up to {@code timeout}. Not reentrant, not bound to the thread.
   *
   * @param file the lock file; it and its directory are created if they are not there
   * @param timeout how long to wait at most; zero tries once
   * @return the lease, to be closed on any thread
   * @throws TokenStoreFailure with {@link Problem#LEASE_TIMEOUT} if another holder kept it for that
   *     long; with {@link Problem#UNAVAILABLE} if the file cannot be made or locked, or cannot be
   *     trusted
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static FileLease acquire(Path file, Duration timeout) throws InterruptedException {
    long deadline = TIME.nanos() + NANOSECONDS.convert(timeout);
    String path = canonical(file);
    // The threads first: the operating system's lock belongs to the whole process, and is lost when
    // any channel on the file is closed, so there must be one at a time.
    if (!TURNS.tryLock(path, timeout)) {
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
        TURNS.unlock(path);
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

  private static FileLease lock(Path file, String path, long deadline)
      throws IOException, InterruptedException {
    FileChannel kept = KEPT_OPEN.remove(path);
    FileChannel channel = kept == null ? open(file) : kept;
    boolean elsewhere = false;
    FileLock lock = null;
    try {
      for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        try {
          lock = channel.tryLock();
        } catch (OverlappingFileLockException byAnotherClassLoader) {
          elsewhere = true;
        }
        if (lock != null) {
          return new FileLease(path, lock);
        }
        long left = deadline - TIME.nanos();
        if (left <= 0) {
          throw timedOut(file);
        }
        await(Math.min(pause, left));
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

  private static FileChannel open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, Set.of(CREATE, WRITE, NOFOLLOW_LINKS), OwnerOnlyFile.attributes(file));
    try {
      OwnerOnly.checkFile(file);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void await(long nanos) throws InterruptedException {
    try {
      TIME.after(Duration.ofNanos(nanos)).get();
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
      // the descriptor is gone, and the lock with it
      LOG.debug("Closing the lock {} failed", path, e);
    } finally {
      TURNS.unlock(path);
    }
  }

  @Override
  public String toString() {
    return "FileLease[" + path + (held.get() ? ", held]" : ", released]");
  }
}
