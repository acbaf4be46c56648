package dev.latchkey.examples.cli;

import dev.latchkey.examples.cli.output.CommandError;
import dev.latchkey.examples.cli.output.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the commands that try the demo's servers keep their sessions, which are worth nothing when
 * the servers are gone.
 *
 * @param directory where the encrypted files are; goes with the demo
 * @param key a fresh one in base64, for this demo only: the one place where a key is printed
 */
record DemoStore(Path directory, String key) implements AutoCloseable {

  /** A new one, in this directory or in that of the system for what is temporary. */
  static DemoStore in(@Nullable Path parent) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      return new DemoStore(make(parent), Base64.getEncoder().encodeToString(key));
    } catch (IOException e) {
      String where = parent == null ? "the temporary directory" : parent.toString();
      throw new CommandException(
          CommandError.localFile(
              "No store could be made in " + where, "Say where it may be: --directory DIR."),
          e);
    }
  }

  private static Path make(@Nullable Path parent) throws IOException {
    return parent == null
        ? Files.createTempDirectory("latchkey-demo")
        : Files.createTempDirectory(
            Files.createDirectories(parent.toAbsolutePath()), "latchkey-demo");
  }

  String option() {
    return "file:" + directory;
  }

  /** Deletes it, as far as it can be. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> inwards = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : inwards) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // What stays is encrypted, and for servers that are gone.
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "DemoStore[" + directory + "]";
  }
}
