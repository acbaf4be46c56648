package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.FileLease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lock files, since a keyring has no lock of its own: for each record one to write, one to lease.
 */
final class Locks {

  private final Path directory;
  private final Duration longest;
  private final Consumer<Runnable> whenQuiet;

  /**
   * Locks in a directory.
   *
   * @param longest how long to wait for another writer
   * @param whenQuiet runs something once no call to the keyring is under way in this process: a
   *     write that was given up must not be made after the lock was. One that a daemon on the
   *     session bus has not looked at yet may be; but the daemon does what it is told in turn, so
   *     whatever the next writer asks, it asks after that
   */
  Locks(Path directory, Duration longest, Consumer<Runnable> whenQuiet) {
    this.directory = directory;
    this.longest = longest;
    this.whenQuiet = whenQuiet;
  }

  /**
   * The same directory for every process of one person, whatever its environment: on POSIX, Java
   * takes {@code user.home} from the user database and not from {@code HOME}.
   */
  static Path defaultDirectory(String osName, String home) {
    Path base = home.isEmpty() ? Path.of("?") : Path.of(home);
    if (!base.isAbsolute()) {
      throw new KeyringUnavailable(
          "This user has no home directory to lock files in.",
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

  FileLease lease(Names names, Duration timeout) throws InterruptedException {
    return FileLease.acquire(directory.resolve(names.id() + ".lease"), timeout);
  }

  /** Does something alone among all writers of the record, in whichever process. */
  <T> T locked(Names names, Supplier<T> change) {
    return locked(names, longest, change);
  }

  <T> T locked(Names names, Duration limit, Supplier<T> change) {
    FileLease lock = lock(names, limit);
    try {
      return change.get();
    } finally {
      whenQuiet.accept(lock::close);
    }
  }

  private FileLease lock(Names names, Duration limit) {
    Path file = directory.resolve(names.id() + ".lock");
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return FileLease.acquire(file, limit);
        } catch (InterruptedException later) {
          interrupted = true; // a write that is given up half-way would lose a refresh token
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

  /** The lease is free; it is a writer, or a call that hangs, that has the other lock. */
  private static TokenStoreFailure busy(Path file, TokenStoreFailure cause) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "Another thread or process kept the write lock " + file + " for too long.",
        "Answer the keyring's dialog if one is open, or end the program that hangs.",
        cause);
  }
}
