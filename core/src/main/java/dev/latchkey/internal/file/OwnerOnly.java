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
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Directories and files that only the current user can change. Where the file system has no POSIX
 * permissions (Windows), they inherit the access list of the directory above them.
 */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private static volatile @Nullable UserPrincipal currentUser;

  private OwnerOnly() {}

  /** Creates a directory and those above it; checks the owner of one that is there. */
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
      Files.createDirectory(directory, OwnerOnlyFile.attributes(directory, DIRECTORY));
    } catch (FileAlreadyExistsException another) {
      return; // another process or thread was faster
    }
    new FileOperations().syncIfPossible(parent);
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
    if (OwnerOnlyFile.isPosix(directory)) {
      Set<PosixFilePermission> permissions = permissionsOfOwn(directory);
      if (permissions.contains(GROUP_WRITE) || permissions.contains(OTHERS_WRITE)) {
        throw FileFailures.unusable(
            "Other users may write in " + directory + ".", "Run: chmod 700 " + directory);
      }
    }
  }

  /** Rejects a file that somebody else created or can open. */
  public static void checkFile(Path file) throws IOException {
    if (!OwnerOnlyFile.isPosix(file)) {
      return;
    }
    EnumSet<PosixFilePermission> others = EnumSet.allOf(PosixFilePermission.class);
    others.removeAll(DIRECTORY);
    others.retainAll(permissionsOfOwn(file));
    if (!others.isEmpty()) {
      throw FileFailures.unusable("Other users may open " + file + ".", "Run: chmod 600 " + file);
    }
  }

  private static Set<PosixFilePermission> permissionsOfOwn(Path path) throws IOException {
    PosixFileAttributes posix =
        Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
    if (!posix.owner().equals(currentUser())) {
      throw FileFailures.unusable(
          path + " belongs to " + posix.owner() + ", not to " + currentUser() + ".",
          "Run this program as the owner of " + path + ", or choose another directory.");
    }
    return posix.permissions();
  }

  /** The user as whom this process creates files. */
  public static UserPrincipal currentUser() throws IOException {
    UserPrincipal known = currentUser;
    if (known == null) {
      known = findCurrentUser();
      currentUser = known;
    }
    return known;
  }

  /** Java does not tell the user id, but the owner of a new file. */
  private static UserPrincipal findCurrentUser() throws IOException {
    Path probe;
    try {
      probe = Files.createTempFile("latchkey", null);
    } catch (IOException noTemporaryDirectory) {
      return FileSystems.getDefault()
          .getUserPrincipalLookupService()
          .lookupPrincipalByName(System.getProperty("user.name", "?"));
    }
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }
}
