package dev.latchkey.internal.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directories above one, and the links among them, each with what it leads to. Whoever owns one
 * of them or can write in it can put another directory in the place of this one.
 */
final class PathAbove {

  /** The sticky bit: in such a directory, only its owner can move what belongs to another user. */
  private static final int STICKY = 01000;

  private static final int ROOT = 0;

  /** What a sandbox, or a network file system, shows in the place of root. */
  private static final int NOBODY = 65534;

  private final Path directory;
  private final Set<Path> seen = new HashSet<>();

  PathAbove(Path directory) {
    this.directory = directory;
  }

  /** Rejects the directory if another user than root could replace it. */
  void requireTrusted() throws IOException {
    if (OwnerOnlyFile.isPosix(directory)) {
      requireTrusted(directory.toAbsolutePath().getParent());
    }
  }

  private void requireTrusted(@Nullable Path from) throws IOException {
    for (Path above = from; above != null && seen.add(above); above = above.getParent()) {
      PosixFileAttributes found;
      try {
        found = Files.readAttributes(above, PosixFileAttributes.class, NOFOLLOW_LINKS);
      } catch (NoSuchFileException absent) {
        continue; // it will be created for this user only
      }
      requireOwner(above, found);
      if (found.isSymbolicLink()) {
        requireTrusted(above.resolveSibling(Files.readSymbolicLink(above)));
      } else if (isOpenToOthers(found) && !isSticky(above)) {
        throw new UntrustedFile(
            directory,
            "can be replaced by other users, who may write in " + above,
            "Run: chmod go-w " + above + ", or choose another directory.");
      }
    }
  }

  private void requireOwner(Path above, PosixFileAttributes found) throws IOException {
    if (!isTrustedUid(above, found) && !found.owner().equals(CurrentUser.get())) {
      throw new UntrustedFile(
          directory,
          "can be replaced by " + found.owner() + ", who owns " + above,
          "Choose a directory below those of " + CurrentUser.get() + " and root only.");
    }
  }

  private static boolean isTrustedUid(Path above, PosixFileAttributes found) throws IOException {
    if (!OwnerOnlyFile.isUnix(above)) {
      return found.owner().getName().equals("root");
    }
    int owner = (int) Files.getAttribute(above, "unix:uid", NOFOLLOW_LINKS);
    return owner == ROOT || owner == NOBODY || CurrentUser.isUid(owner);
  }

  private static boolean isOpenToOthers(PosixFileAttributes found) {
    return found.permissions().contains(OTHERS_WRITE)
        || (found.permissions().contains(GROUP_WRITE)
            // Many systems give each user a group of the same name, with no other member.
            && !found.group().getName().equals(found.owner().getName()));
  }

  private static boolean isSticky(Path above) throws IOException {
    return OwnerOnlyFile.isUnix(above)
        && ((int) Files.getAttribute(above, "unix:mode") & STICKY) != 0;
  }
}
