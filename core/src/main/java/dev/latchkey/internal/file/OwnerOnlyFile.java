package dev.latchkey.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that only the current user can open. Where there are no POSIX permissions (Windows), they
 * inherit the access list of the directory.
 */
public final class OwnerOnlyFile {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final int MAX_READ = 1 << 16;
  private static final int MAX_TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private OwnerOnlyFile() {}

  /** Whether the file system of a path has POSIX permissions. */
  public static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** The attributes to create a file with, so that others cannot open it even for a moment. */
  public static FileAttribute<?>[] attributes(Path file) {
    return attributes(file, OWNER);
  }

  static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /** Creates a new file, and opens it. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(CREATE_NEW, READ, WRITE, NOFOLLOW_LINKS), attributes(file));
  }

  /**
   * Creates a new file. When it returns, the bytes are on the disk; when it fails, no file is left.
   *
   * @return the file
   */
  public static Path create(Path file, byte[] bytes) throws IOException {
    FileChannel out = create(file);
    try (out) {
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
  }

  /**
   * Replaces a file by another atomically: a reader sees the old one or the new one. On Windows,
   * waits up to a second for a process that has the old one open.
   */
  public static void replace(Path fresh, Path old) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.move(fresh, old, ATOMIC_MOVE);
        return;
      } catch (AccessDeniedException e) {
        // Windows reports this while a reader, or a virus scanner, has the old file open.
        if (isPosix(old) || tries == MAX_TRIES) {
          throw e;
        }
        Time.system().after(PAUSE).join();
      }
    }
  }

  /** Writes a text to a file, new or not, atomically. */
  public static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      create(fresh, text.getBytes(UTF_8));
      replace(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Brings the names in a directory to the disk. Throws on Windows, which cannot do that.
   *
   * @return the directory
   */
  public static Path sync(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, READ)) {
      names.force(true);
      return directory;
    }
  }

  /**
   * Reads a small file.
   *
   * @return the first 64 KiB at most; null if there is no regular file, or if others can open it
   */
  public static byte @Nullable [] read(Path file) throws IOException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile()
          || (isPosix(file)
              && !OWNER.containsAll(Files.getPosixFilePermissions(file, NOFOLLOW_LINKS)))) {
        return null;
      }
      try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
        return in.readNBytes(MAX_READ);
      }
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
