package dev.latchkey.internal.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Directories and files that nobody but this user can change. Where the file system has no POSIX
 * permissions (Windows), they inherit the access list of the directory around them.
 */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** Creates the directory, and those above it, if they are not there; else looks whose it is. */
  public static void directory(Path directory) {
    try {
      if (Files.notExists(directory, NOFOLLOW_LINKS)) {
        create(directory);
      }
      check(directory);
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
      Files.createDirectory(directory, attributes());
    } catch (FileAlreadyExistsException another) {
      return; // another process or thread was faster
    }
    new Disk().syncIfPossible(parent);
  }

  private static void check(Path directory) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(directory, BasicFileAttributes.class, NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      throw FileFailures.unusable(
          directory + " is a symbolic link.",
          "Give the directory that " + directory + " leads to.");
    }
    if (!found.isDirectory()) {
      throw FileFailures.unusable(
          directory + " is not a directory.",
          "Move " + directory + " out of the way, or choose another directory.");
    }
    if (POSIX) {
      PosixFileAttributes posix = posix(directory);
      checkOwner(directory, posix);
      if (posix.permissions().contains(GROUP_WRITE) || posix.permissions().contains(OTHERS_WRITE)) {
        throw FileFailures.unusable(
            "Other users may write in " + directory + ".", "Run: chmod 700 " + directory);
      }
    }
  }

  /** Refuses a file that somebody else made or can open. */
  public static void checkFile(Path file) throws IOException {
    if (!POSIX) {
      return;
    }
    PosixFileAttributes posix = posix(file);
    checkOwner(file, posix);
    EnumSet<PosixFilePermission> others = EnumSet.allOf(PosixFilePermission.class);
    others.removeAll(DIRECTORY);
    others.retainAll(posix.permissions());
    if (!others.isEmpty()) {
      throw FileFailures.unusable("Other users may open " + file + ".", "Run: chmod 600 " + file);
    }
  }

  private static void checkOwner(Path path, PosixFileAttributes posix) throws IOException {
    if (!posix.owner().equals(CurrentUser.principal())) {
      throw FileFailures.unusable(
          path + " belongs to " + posix.owner() + ", not to " + CurrentUser.principal() + ".",
          "Run this program as the owner of " + path + ", or choose another directory.");
    }
  }

  private static PosixFileAttributes posix(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
  }

  private static FileAttribute<?>[] attributes() {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(DIRECTORY)}
        : new FileAttribute<?>[0];
  }
}
