package dev.latchkey.internal.file;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What went wrong with a file, as a typed failure that names the path and what would help. */
public final class FileFailures {

  /** More than the largest record with its temporary file. */
  private static final long ROOM = 1 << 20;

  private FileFailures() {}

  static TokenStoreFailure unusable(String message, String remedy) {
    return new TokenStoreFailure(Problem.UNAVAILABLE, message, remedy, null);
  }

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
        "Update this program, or delete " + file + " and sign in again.",
        null);
  }

  public static TokenStoreFailure notDurable(Path file, IOException cause) {
    return new TokenStoreFailure(
        Problem.NOT_DURABLE,
        file + " was changed, but may not outlive a power cut: " + reason(cause) + ".",
        "Check the disk of " + parent(file) + ".",
        cause);
  }

  /** The failure of a step, whose verb is given, on a file in the directory of a store. */
  public static TokenStoreFailure failed(String verb, Path file, IOException cause) {
    return new TokenStoreFailure(
        Problem.UNAVAILABLE,
        "Could not " + verb + " " + file + ": " + reason(cause) + ".",
        remedy(file, cause),
        cause);
  }

  private static String reason(IOException cause) {
    String name = cause.getClass().getSimpleName();
    String text =
        cause instanceof FileSystemException named ? named.getReason() : cause.getMessage();
    return text == null ? name : name + " (" + text + ")";
  }

  /** Looks at the directory itself: the reasons of the operating system are in its own language. */
  private static String remedy(Path file, IOException cause) {
    if (Files.isSymbolicLink(file)) {
      return "Remove the symbolic link " + file + ".";
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
      // in /proc and its like, there is no space in all
      return disk.getTotalSpace() > 0 && disk.getUsableSpace() < ROOM;
    } catch (IOException unknown) {
      return false;
    }
  }

  public static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }
}
