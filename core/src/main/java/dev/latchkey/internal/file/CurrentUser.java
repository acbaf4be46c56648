package dev.latchkey.internal.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** The user as whom this process creates files. */
public final class CurrentUser {

  /**
   * @param uid the number of the user; null where there are none, or it could not be found out
   */
  private record Found(UserPrincipal user, @Nullable Integer uid) {}

  private static volatile @Nullable Found known;

  private CurrentUser() {}

  /** Returns the user; finds it out once. */
  public static UserPrincipal get() throws IOException {
    return found().user();
  }

  /**
   * Whether a number, as {@code unix:uid} of a file has it, is this user's. Much cheaper than to
   * ask for an owner, whose name the system looks up each time. False if it is not known.
   */
  static boolean isUid(@Nullable Object uid) throws IOException {
    return uid != null && uid.equals(found().uid());
  }

  private static Found found() throws IOException {
    Found found = known;
    if (found == null) {
      found = find();
      known = found;
    }
    return found;
  }

  /** Java does not tell the user id, but the owner of a new file. */
  private static Found find() throws IOException {
    Path probe;
    try {
      probe = Files.createTempFile("latchkey", null);
    } catch (IOException noTemporaryDirectory) {
      return new Found(named(), null);
    }
    try {
      Integer uid =
          OwnerOnlyFile.isUnix(probe) ? (Integer) Files.getAttribute(probe, "unix:uid") : null;
      return new Found(Files.getOwner(probe), uid);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static UserPrincipal named() throws IOException {
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(System.getProperty("user.name", "?"));
  }

  /**
   * Whether a file of that owner is this user's own, by the rules of Windows. What an elevated
   * process creates there belongs to a group, that of the administrators; an ordinary user cannot
   * give a file to a group.
   */
  static boolean ownsOnWindows(UserPrincipal owner) throws IOException {
    return owner instanceof GroupPrincipal
        || owner.equals(get())
        || (get() instanceof GroupPrincipal && owner.equals(named()));
  }
}
