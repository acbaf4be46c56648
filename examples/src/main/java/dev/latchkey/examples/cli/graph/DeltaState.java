package dev.latchkey.examples.cli.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import dev.latchkey.examples.cli.output.LocalFileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that remembers how far the changes of a drive have been listed. Only its owner can read
 * it. A symbolic link is neither read nor written through. A file that another user could have
 * written is not believed: with its link, changes would be missed.
 */
record DeltaState(Path file) {

  private static final int MAX_BYTES = 1 << 16;

  /** Checks that it can be written, before anything is listed. */
  void check() {
    LocalFileErrors.checkWritable("--state " + file, file);
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (!found.isRegularFile()) {
        throw LocalFileErrors.failed(
            "--state " + file + " is " + (found.isSymbolicLink() ? "a symbolic link" : "no file"),
            "Name a file.");
      }
      checkOwnerAndMode();
    } catch (NoSuchFileException first) {
      // It is created after the first page.
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Where the file system has no POSIX permissions (Windows), nothing is checked. */
  private void checkOwnerAndMode() throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    PosixFileAttributes found = view.readAttributes();
    UserPrincipal user = user();
    if (!found.owner().equals(user)) {
      throw LocalFileErrors.failed(
          "--state "
              + file
              + " belongs to "
              + found.owner().getName()
              + ", not to "
              + user.getName(),
          "Name a file of your own, or run the command as the owner of " + file + ".");
    }
    if (found.permissions().contains(GROUP_WRITE) || found.permissions().contains(OTHERS_WRITE)) {
      throw LocalFileErrors.failed(
          "--state " + file + " can be written by other users",
          anew() + " If only you have written to it, run: chmod 600 " + file);
    }
  }

  /** Java does not tell who runs it, but who owns a new file. */
  private UserPrincipal user() throws IOException {
    Path probe = Files.createTempFile(file.toAbsolutePath().getParent(), ".latchkey", ".tmp");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** The link of the last run; null if there was none. */
  @Nullable String read(String drive) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_BYTES);
    } catch (NoSuchFileException first) {
      return null;
    } catch (IOException e) {
      throw unreadable(e);
    }
    List<String> lines = new String(bytes, UTF_8).lines().toList();
    if (lines.size() != 2 || !lines.get(0).equals(drive)) {
      throw new CommandException(foreign(), null);
    }
    return lines.get(1);
  }

  /** Replaces the content atomically. */
  void write(String drive, String link) {
    try {
      // Its name is new, so that no link is followed, and its mode is the owner's alone.
      Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".latchkey", ".tmp");
      try {
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
          ByteBuffer left = UTF_8.encode(drive + "\n" + link + "\n");
          while (left.hasRemaining()) {
            out.write(left);
          }
          out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new CommandException(LocalFileErrors.failure("Could not write --state " + file, e), e);
    }
  }

  CommandError foreign() {
    return CommandError.wrongUsage("--state " + file + " does not belong to this drive", anew());
  }

  /** The remedy if the drive does not go on from here. */
  String anew() {
    return "Delete " + file + " to start again, or name another file.";
  }

  private CommandException unreadable(IOException e) {
    return new CommandException(LocalFileErrors.failure("Could not read --state " + file, e), e);
  }
}
