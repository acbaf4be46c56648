package dev.latchkey.internal.file;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** As whom this process creates files. */
public final class CurrentUser {

  private static volatile @Nullable UserPrincipal principal;

  private CurrentUser() {}

  public static UserPrincipal principal() throws IOException {
    UserPrincipal known = principal;
    if (known == null) {
      known = find();
      principal = known;
    }
    return known;
  }

  /** Java does not tell the user id, but the owner of a file just made. */
  private static UserPrincipal find() throws IOException {
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
