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
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that only the current user can open. All that the library writes, locks or reads back is
 * opened here: without following a link, and never before its type is known, because opening a pipe
 * would block. Where there are no POSIX permissions (Windows), files inherit the access list of
 * their directory, and only the owner is checked.
 *
 * <p>Java cannot ask an open file for its owner and mode. So a file is looked at by its name before
 * it is opened and again afterwards, and must be the same one both times. Nobody else can exchange
 * it in between in a directory that {@link OwnerOnly} has checked, and that they cannot replace.
 */
public final class OwnerOnlyFile {

  /** The permissions that a file may have. */
  static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-------");

  private static final int MAX_READ = 1 << 16;
  private static final int MAX_TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private OwnerOnlyFile() {}

  /** Whether the file system of a path has POSIX permissions. */
  public static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Whether the numbers of owners and modes can be read of it. */
  static boolean isUnix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** The attributes to create a file with, so that others cannot open it even for a moment. */
  static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /** Creates a new file, and opens it. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(CREATE_NEW, READ, WRITE, NOFOLLOW_LINKS), attributes(file, PERMISSIONS));
  }

  /**
   * Opens a file that exists.
   *
   * @param options how, such as {@code READ}
   * @throws UntrustedFile if it is not a regular file of this user that nobody else can open
   * @throws NoSuchFileException if it does not exist
   */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(NOFOLLOW_LINKS);
    for (int tries = 1; tries <= MAX_TRIES; tries++) {
      FileStatus before = FileStatus.of(file).requireFile();
      FileChannel channel = FileChannel.open(file, all);
      try {
        if (FileStatus.of(file).requireFile().isSameFile(before)) {
          return channel;
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close(); // a writer replaced the file between the two looks
    }
    throw new UntrustedFile(file, "is replaced all the time", "End the program that writes it.");
  }

  /** As {@link #open} for writing; creates the file if it does not exist. */
  public static FileChannel openOrCreate(Path file) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return open(file, WRITE);
      } catch (NoSuchFileException absent) {
        try {
          return create(file);
        } catch (FileAlreadyExistsException created) {
          // By another process or thread, just now.
          if (tries == MAX_TRIES) {
            throw created;
          }
        }
      }
    }
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
    // Without the file's name: both together may be longer than the disk permits.
    Path fresh = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
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
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    try (FileChannel names = FileChannel.open(directory, READ)) {
      names.force(true);
      return directory;
    }
  }

  /**
   * Reads a file.
   *
   * @return the bytes, at most {@code limit} of them; null if there is no such file
   * @throws UntrustedFile as for {@link #open}
   */
  public static byte @Nullable [] read(Path file, int limit) throws IOException {
    try (InputStream in = Channels.newInputStream(open(file, READ))) {
      return in.readNBytes(limit);
    } catch (NoSuchFileException absent) {
      return null;
    }
  }

  /**
   * Reads a small file that may be done without.
   *
   * @return the first 64 KiB at most; null if there is no such file, or an {@link UntrustedFile}
   */
  public static byte @Nullable [] readIfTrusted(Path file) throws IOException {
    try {
      return read(file, MAX_READ);
    } catch (UntrustedFile untrusted) {
      return null;
    }
  }
}
