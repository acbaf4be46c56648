package dev.latchkey.examples.cli.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that remembers how far the changes of a drive have been listed. Only its owner can read
 * it. A symbolic link is neither read nor written through.
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
    } catch (NoSuchFileException first) {
      // It is created after the first page.
    } catch (IOException e) {
      throw unreadable(e);
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
