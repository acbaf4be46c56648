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

  private static volatile @Nullable UserPrincipal known;

  private CurrentUser() {}

  /** Returns the user; finds it out once. */
  public static UserPrincipal get() throws IOException {
    UserPrincipal user = known;
    if (user == null) {
      user = find();
      known = user;
    }
    return user;
  }

  /** Java does not tell the user id, but the owner of a new file. */
  private static UserPrincipal find() throws IOException {
    Path probe;
    try {
      probe = Files.createTempFile("latchkey", null);
    } catch (IOException noTemporaryDirectory) {
      return named();
    }
    try {
      return Files.getOwner(probe);
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
