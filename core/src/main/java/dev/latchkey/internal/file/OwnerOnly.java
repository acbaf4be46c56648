package dev.latchkey.internal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Directories in which only the current user can change anything. Where the file system has no
 * POSIX permissions (Windows), they inherit the access list of the directory above them, and only
 * their owner is checked.
 */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Creates a directory and those above it; checks one that is there, but not those above it. */
  public static void directory(Path directory) {
    try {
      try {
        FileStatus.of(directory).requireDirectory();
      } catch (NoSuchFileException absent) {
        create(directory);
        FileStatus.of(directory).requireDirectory();
      }
    } catch (IOException e) {
      throw FileFailures.failed("use", directory, e);
    }
  }

  /** As {@link #directory}, and first rejects one that another user could replace, for secrets. */
  public static void irreplaceableDirectory(Path directory) {
    try {
      boolean complete = new PathAbove(directory).requireTrusted();
      directory(directory);
      if (!complete) {
        // Another user may have made one of those above it meanwhile, as in /tmp.
        new PathAbove(directory).requireTrusted();
      }
    } catch (IOException e) {
      throw FileFailures.failed("use", directory, e);
    }
  }

  /** Checks a directory as {@link #irreplaceableDirectory} does, if it is there. */
  public static void checkIrreplaceable(Path directory) {
    try {
      FileStatus.of(directory).requireDirectory();
      new PathAbove(directory).requireTrusted();
    } catch (NoSuchFileException absent) {
      // Then nothing in it is used either.
    } catch (IOException e) {
      throw FileFailures.failed("use", directory, e);
    }
  }

  private static void create(Path directory) throws IOException {
    Path parent = FileFailures.parent(directory);
    if (Files.notExists(parent)) {
      create(parent);
    }
    try {
      Files.createDirectory(directory, OwnerOnlyFile.attributes(directory, PERMISSIONS));
    } catch (FileAlreadyExistsException another) {
      return; // another process or thread was faster
    }
    new FileOperations().syncIfPossible(parent);
  }
}
