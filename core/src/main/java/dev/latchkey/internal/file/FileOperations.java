package dev.latchkey.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations on files that a token store needs. An interrupt does not cut them short. A seam:
 * tests let each of them fail.
 */
public class FileOperations {

  /**
   * Reads an owner-only file.
   *
   * @return the bytes, at most {@code limit} of them; null if there is no such file
   * @throws UntrustedFile if it is not a regular file of this user that nobody else can open
   */
  @SuppressWarnings("NullAway") // it does not see that the step's type argument is nullable
  public byte @Nullable [] read(Path file, int limit) throws IOException {
    return Uninterrupted.run(() -> Optional.ofNullable(OwnerOnlyFile.read(file, limit)))
        .orElse(null);
  }

  /** Creates a new owner-only file. When it returns, the bytes are on the disk. */
  public void create(Path file, byte[] bytes) throws IOException {
    Uninterrupted.run(() -> OwnerOnlyFile.create(file, bytes));
  }

  /** Replaces a file by another atomically: a reader sees the old one or the new one. */
  public void replace(Path fresh, Path old) throws IOException {
    OwnerOnlyFile.replace(fresh, old);
  }

  /** Deletes a file; false if it is not there. */
  public boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Brings the names in a directory to the disk. */
  public void sync(Path directory) throws IOException {
    Uninterrupted.run(() -> OwnerOnlyFile.sync(directory));
  }

  /** As {@link #sync}; false where the operating system or the file system cannot do that. */
  public boolean syncIfPossible(Path directory) {
    try {
      sync(directory);
      return true;
    } catch (IOException unsupported) {
      // Windows cannot open a directory; some network file systems report "invalid argument".
      return false;
    }
  }
}
