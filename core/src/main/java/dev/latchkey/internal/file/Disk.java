package dev.latchkey.internal.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The steps on disk that a store is made of. A seam: tests let each of them fail. */
public class Disk {

  /** The bytes of a regular file, at most as many as the limit; null if there is no such file. */
  public byte @Nullable [] read(Path file, int limit) throws IOException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile()) {
        // opening a pipe would wait for ever
        throw FileFailures.unusable(
            file + " is not a regular file.", "Remove " + file + " and sign in again.");
      }
      return Uninterrupted.run(
          () -> {
            try (InputStream in =
                Channels.newInputStream(FileChannel.open(file, READ, NOFOLLOW_LINKS))) {
              return in.readNBytes(limit);
            }
          });
    } catch (NoSuchFileException absent) {
      return null;
    }
  }

  /** Makes a file that is not there yet, owner-only, and waits until its bytes are on the disk. */
  public void create(Path file, byte[] bytes) throws IOException {
    Uninterrupted.run(
        () -> {
          OwnerOnlyFile.create(file, bytes);
          return file;
        });
  }

  /** Puts a file in the place of another at one stroke: a reader sees the old one or the new. */
  public void replace(Path fresh, Path old) throws IOException {
    OwnerOnlyFile.replace(fresh, old);
  }

  /** Deletes a file if it is there, and says whether it was. */
  public boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Waits until the names in a directory are on the disk. */
  public void sync(Path directory) throws IOException {
    Uninterrupted.run(
        () -> {
          OwnerOnlyFile.sync(directory);
          return directory;
        });
  }

  /** The same, and false where the operating or file system cannot do that. */
  public boolean syncIfPossible(Path directory) {
    try {
      sync(directory);
      return true;
    } catch (IOException unsupported) {
      // Windows cannot open a directory, and some network file systems say "invalid argument"
      return false;
    }
  }
}
