package dev.latchkey.internal.file;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.text.SafeCause;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The typed failures of a store in files. Each names the path and the remedy. */
public final class FileFailures {

  /** More than the largest record and its temporary file need. */
  private static final long MIN_FREE_SPACE = 1 << 20;

  private FileFailures() {}

  public static TokenStoreFailure wrongKey(Path file) {
    return new TokenStoreFailure(
        Problem.WRONG_KEY,
        file + " was written with another key.",
        "Open the store with the key that wrote " + file + ", or delete that file and sign in.",
        null);
  }

  public static TokenStoreFailure damaged(Path file, String how) {
    return new TokenStoreFailure(
        Problem.DAMAGED,
        file + " is damaged: " + how + ".",
        "Restore " + file + " from a backup, or delete that file and sign in again.",
        null);
  }

  public static TokenStoreFailure newer(Path file, int version) {
    return new TokenStoreFailure(
        Problem.NEWER,
        file + " has the format " + version + " of a newer version of the library.",
        "Update this program.",
        null);
  }

  public static TokenStoreFailure notDurable(Path file, IOException cause) {
    return new TokenStoreFailure(
        Problem.NOT_DURABLE,
        file + " was changed, but may not outlive a power cut: " + reason(cause) + ".",
        "Check the disk of " + parent(file) + ".",
        cause);
  }

  /**
   * An operation on a file failed.
   *
   * @param verb names the operation, such as {@code read}
   */
  public static TokenStoreFailure failed(String verb, Path file, IOException cause) {
    if (cause instanceof UntrustedFile untrusted) {
      return new TokenStoreFailure(
          Problem.UNAVAILABLE,
          String.valueOf(untrusted.getMessage()),
          untrusted.remedy(),
          untrusted);
    }
    return new TokenStoreFailure(
        Problem.UNAVAILABLE,
        "Could not " + verb + " " + file + ": " + reason(cause) + ".",
        remedy(file, cause),
        cause);
  }

  private static String reason(IOException cause) {
    String name = cause.getClass().getSimpleName();
    String text =
        cause instanceof FileSystemException named ? named.getReason() : SafeCause.message(cause);
    return text == null ? name : name + " (" + text + ")";
  }

  /** Examines the directory: the operating system gives its reasons in the user's language. */
  private static String remedy(Path file, IOException cause) {
    if (cause instanceof DirectoryNotEmptyException notEmpty) {
      return "Remove the directory " + notEmpty.getFile() + ".";
    }
    Path directory = parent(file);
    if (isFull(directory, cause)) {
      return "Free some space on the file system of " + directory + ".";
    }
    if (Files.isDirectory(directory) && !Files.isWritable(directory)) {
      return "Make the directory " + directory + " writable for this user, or choose another one.";
    }
    if (cause instanceof AccessDeniedException) {
      return "Give this user read and write permission on " + file + ".";
    }
    return "Check that " + directory + " is a writable directory on a local disk.";
  }

  private static boolean isFull(Path directory, IOException cause) {
    if (reason(cause).contains("No space left")) {
      return true;
    }
    try {
      FileStore disk = Files.getFileStore(directory);
      // The total space of /proc and its like is 0.
      return disk.getTotalSpace() > 0 && disk.getUsableSpace() < MIN_FREE_SPACE;
    } catch (IOException unknown) {
      return false;
    }
  }

  /** The directory of a file; the path itself if it has none. */
  public static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }
}
