package dev.latchkey.internal.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
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

  /** The sticky bit: in such a directory, nobody can move what belongs to another user. */
  private static final int STICKY = 01000;

  private OwnerOnly() {}

  /** Creates a directory and those above it; checks one that is there. */
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

  /** Checks a directory if it is there. */
  public static void checkIfPresent(Path directory) {
    try {
      check(directory);
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

  private static void check(Path directory) throws IOException {
    FileStatus.of(directory).requireDirectory();
    if (OwnerOnlyFile.isPosix(directory)) {
      // Both the directories that the path names and those to which links among them lead.
      checkAbove(directory.toAbsolutePath(), directory);
      checkAbove(directory.toRealPath(), directory);
    }
  }

  /** Whoever can write in a directory above can put another one in the place of this one. */
  private static void checkAbove(Path path, Path directory) throws IOException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      PosixFileAttributes found = Files.readAttributes(above, PosixFileAttributes.class);
      if (isOpenToOthers(found) && !isSticky(above)) {
        throw new UntrustedFile(
            directory,
            "can be replaced by other users, who may write in " + above,
            "Run: chmod go-w " + above + ", or choose another directory.");
      }
    }
  }

  private static boolean isOpenToOthers(PosixFileAttributes found) {
    return found.permissions().contains(OTHERS_WRITE)
        || (found.permissions().contains(GROUP_WRITE)
            // Many systems give each user a group of the same name, with no other member.
            && !found.group().getName().equals(found.owner().getName()));
  }

  private static boolean isSticky(Path directory) throws IOException {
    return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
  }
}
