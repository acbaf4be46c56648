package dev.latchkey.internal.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a path shows: type, owner, permissions. A link is not followed.
 *
 * @param owner null if the file system has no owners
 * @param permissions null if the file system has no POSIX permissions (Windows)
 */
record FileStatus(
    Path path,
    boolean isSymbolicLink,
    boolean isRegularFile,
    boolean isDirectory,
    @Nullable Object fileKey,
    @Nullable UserPrincipal owner,
    @Nullable Set<PosixFilePermission> permissions) {

  private static final String OF_UNIX =
      "unix:uid,isSymbolicLink,isRegularFile,isDirectory,fileKey,permissions";

  /** Looks at a path. */
  static FileStatus of(Path path) throws IOException {
    if (!OwnerOnlyFile.isPosix(path)) {
      return withoutPermissions(path);
    }
    if (OwnerOnlyFile.isUnix(path)) {
      Map<String, Object> unix = Files.readAttributes(path, OF_UNIX, NOFOLLOW_LINKS);
      if (CurrentUser.isUid(unix.get("uid"))) {
        return ofCurrentUser(path, unix);
      }
    }
    PosixFileAttributes posix =
        Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
    return of(path, posix, posix.owner(), posix.permissions());
  }

  private static FileStatus of(
      Path path,
      BasicFileAttributes basic,
      @Nullable UserPrincipal owner,
      @Nullable Set<PosixFilePermission> permissions) {
    return new FileStatus(
        path,
        basic.isSymbolicLink(),
        basic.isRegularFile(),
        basic.isDirectory(),
        basic.fileKey(),
        owner,
        permissions);
  }

  /** Does not ask for the owner: the system looks up the name each time, which may take long. */
  @SuppressWarnings("unchecked") // as the Javadoc of PosixFileAttributeView has it
  private static FileStatus ofCurrentUser(Path path, Map<String, Object> unix) throws IOException {
    return new FileStatus(
        path,
        Boolean.TRUE.equals(unix.get("isSymbolicLink")),
        Boolean.TRUE.equals(unix.get("isRegularFile")),
        Boolean.TRUE.equals(unix.get("isDirectory")),
        unix.get("fileKey"),
        CurrentUser.get(),
        (Set<PosixFilePermission>) unix.get("permissions"));
  }

  /** As {@link #of} on Windows, where access lists are inherited from the directory above. */
  static FileStatus withoutPermissions(Path path) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    FileOwnerAttributeView view =
        Files.getFileAttributeView(path, FileOwnerAttributeView.class, NOFOLLOW_LINKS);
    return of(path, attributes, view == null ? null : view.getOwner(), null);
  }

  /** Rejects anything but a regular file of this user that nobody else can open. */
  FileStatus requireFile() throws IOException {
    if (isSymbolicLink) {
      throw new UntrustedFile(path, "is a symbolic link", "Remove the symbolic link " + path + ".");
    }
    if (!isRegularFile) {
      throw new UntrustedFile(path, "is not a regular file", "Remove " + path + ".");
    }
    requireOwner();
    if (permissions != null && !OwnerOnlyFile.PERMISSIONS.containsAll(permissions)) {
      throw new UntrustedFile(path, "can be opened by other users", "Run: chmod 600 " + path);
    }
    return this;
  }

  /** Rejects anything but a directory of this user in which nobody else can write. */
  FileStatus requireDirectory() throws IOException {
    if (isSymbolicLink) {
      throw new UntrustedFile(
          path, "is a symbolic link", "Give the directory that " + path + " leads to.");
    }
    if (!isDirectory) {
      throw new UntrustedFile(
          path,
          "is not a directory",
          "Move " + path + " out of the way, or choose another directory.");
    }
    requireOwner();
    if (permissions != null
        && (permissions.contains(GROUP_WRITE) || permissions.contains(OTHERS_WRITE))) {
      throw new UntrustedFile(path, "can be written by other users", "Run: chmod 700 " + path);
    }
    return this;
  }

  private void requireOwner() throws IOException {
    boolean own =
        owner == null
            || (permissions == null
                ? CurrentUser.ownsOnWindows(owner)
                : owner.equals(CurrentUser.get()));
    if (!own) {
      throw new UntrustedFile(
          path,
          "belongs to " + owner + ", not to " + CurrentUser.get(),
          "Run this program as the owner of " + path + ", or choose another directory.");
    }
  }

  /** Whether both are the same file; true if the file system does not identify its files. */
  boolean isSameFile(FileStatus other) {
    return Objects.equals(fileKey, other.fileKey);
  }
}
