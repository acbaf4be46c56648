package dev.latchkey.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.latchkey.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps on disk that a store is made of. A seam: tests let each of them fail. */
class Disk {

  private static final int MOST_TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** The bytes of a regular file, at most as many as the limit; null if there is no such file. */
  byte @Nullable [] read(Path file, int limit) throws IOException {
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
  void create(Path file, byte[] bytes) throws IOException {
    Uninterrupted.run(
        () -> {
          try (FileChannel out =
              FileChannel.open(
                  file, Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS), OwnerOnly.newFile())) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
              out.write(left);
            }
            out.force(true);
            return file;
          } catch (IOException cutShort) {
            Files.deleteIfExists(file);
            throw cutShort;
          }
        });
  }

  /** Puts a file in the place of another at one stroke: a reader sees the old one or the new. */
  void replace(Path fresh, Path old) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.move(fresh, old, ATOMIC_MOVE);
        return;
      } catch (AccessDeniedException e) {
        // Windows says so while a reader, or a virus scanner, has the old file open
        if (OwnerOnly.POSIX || tries == MOST_TRIES) {
          throw e;
        }
        Time.system().after(PAUSE).join();
      }
    }
  }

  /** Deletes a file if it is there, and says whether it was. */
  boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Waits until the names in a directory are on the disk. */
  void sync(Path directory) throws IOException {
    Uninterrupted.run(
        () -> {
          try (FileChannel names = FileChannel.open(directory, READ)) {
            names.force(true);
            return directory;
          }
        });
  }

  /** The same, and false where the operating or file system cannot do that. */
  boolean syncIfPossible(Path directory) {
    try {
      sync(directory);
      return true;
    } catch (IOException unsupported) {
      // Windows cannot open a directory, and some network file systems say "invalid argument"
      return false;
    }
  }
}
