package dev.latchkey.graph.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.gson.JsonObject;
import dev.latchkey.wire.Json;
import dev.latchkey.wire.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that nobody but this user can open. Where there are no POSIX permissions (Windows), they
 * inherit the access list of the directory.
 */
final class OwnerOnlyFile {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final int LONGEST = 1 << 16;

  private OwnerOnlyFile() {}

  /** Makes a file that is not there, and opens it. */
  static FileChannel create(Path file) throws IOException {
    FileAttribute<?>[] attributes =
        isPosix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE, NOFOLLOW_LINKS), attributes);
  }

  /** Puts JSON into a file at one stroke: a reader sees what was there or this. */
  static void write(Path file, JsonObject json) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try (FileChannel channel = create(fresh)) {
      ByteBuffer bytes = UTF_8.encode(json.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      Files.move(fresh, file, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Reads it; null if there is none that is JSON and that nobody else can have written. */
  static @Nullable JsonObject read(Path file) throws IOException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile()
          || (isPosix(file)
              && !OWNER.containsAll(Files.getPosixFilePermissions(file, NOFOLLOW_LINKS)))) {
        return null;
      }
      try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
        return Json.object(in.readNBytes(LONGEST));
      }
    } catch (NoSuchFileException | MalformedJson e) {
      return null;
    }
  }

  static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
