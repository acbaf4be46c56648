package dev.latchkey.internal.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
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

  private static final String OF_POSIX = "posix:isSymbolicLink,permissions";
  private static final String OF_UNIX = "unix:isSymbolicLink,permissions,uid,mode";

  private final Path directory;
  private final Set<Path> seen = new HashSet<>();
  private boolean complete = true;

  PathAbove(Path directory) {
    this.directory = directory;
  }

  /**
   * Rejects the directory if another user than root could replace it.
   *
   * @return whether all of those above it are there: then nobody else can make one of them
   */
  boolean requireTrusted() throws IOException {
    if (OwnerOnlyFile.isPosix(directory)) {
      requireTrusted(directory.toAbsolutePath().getParent());
    }
    return complete;
  }

  private void requireTrusted(@Nullable Path from) throws IOException {
    for (Path above = from; above != null && seen.add(above); above = above.getParent()) {
      Found found;
      try {
        found = Found.at(above);
      } catch (NoSuchFileException absent) {
        complete = false; // it will be created for this user only
        continue;
      }
      requireOwner(above, found);
      if (found.isSymbolicLink()) {
        requireTrusted(above.resolveSibling(Files.readSymbolicLink(above)));
      } else if (isOpenToOthers(above, found) && !found.isSticky()) {
        throw new UntrustedFile(
            directory,
            "can be replaced by other users, who may write in " + above,
            "Run: chmod go-w " + above + ", or choose another directory.");
      }
    }
  }

  /**
   * What one look at a directory or link shows. The names of owner and group are left out, which
   * the system looks up each time.
   *
   * @param uid the number of the owner; null if it is not known
   * @param mode null if it is not known
   */
  private record Found(
      boolean isSymbolicLink,
      Set<PosixFilePermission> permissions,
      @Nullable Integer uid,
      @Nullable Integer mode) {

    @SuppressWarnings("unchecked") // as the Javadoc of PosixFileAttributeView has it
    static Found at(Path path) throws IOException {
      boolean unix = OwnerOnlyFile.isUnix(path);
      Map<String, Object> found =
          Files.readAttributes(path, unix ? OF_UNIX : OF_POSIX, NOFOLLOW_LINKS);
      return new Found(
          Boolean.TRUE.equals(found.get("isSymbolicLink")),
          (Set<PosixFilePermission>) Objects.requireNonNull(found.get("permissions")),
          (Integer) found.get("uid"),
          (Integer) found.get("mode"));
    }

    boolean isSticky() {
      return mode != null && (mode & STICKY) != 0;
    }
  }

  private void requireOwner(Path above, Found found) throws IOException {
    if (isTrustedUid(found.uid())) {
      return;
    }
    UserPrincipal owner = posix(above).owner();
    boolean isRoot = found.uid() == null && owner.getName().equals("root");
    if (!isRoot && !owner.equals(CurrentUser.get())) {
      throw new UntrustedFile(
          directory,
          "can be replaced by " + owner + ", who owns " + above,
          "Choose a directory below those of " + CurrentUser.get() + " and root only.");
    }
  }

  private static boolean isTrustedUid(@Nullable Integer owner) throws IOException {
    return owner != null && (owner == ROOT || owner == NOBODY || CurrentUser.isUid(owner));
  }

  private static boolean isOpenToOthers(Path above, Found found) throws IOException {
    return found.permissions().contains(OTHERS_WRITE)
        || (found.permissions().contains(GROUP_WRITE) && !isOfOwnGroup(posix(above)));
  }

  /** Many systems give each user a group of the same name, with no other member. */
  private static boolean isOfOwnGroup(PosixFileAttributes found) {
    return found.group().getName().equals(found.owner().getName());
  }

  private static PosixFileAttributes posix(Path above) throws IOException {
    return Files.readAttributes(above, PosixFileAttributes.class, NOFOLLOW_LINKS);
  }
}
