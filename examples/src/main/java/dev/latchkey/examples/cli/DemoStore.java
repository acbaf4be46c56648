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
 * The store for the sessions of commands that use the demo's servers. The sessions are worthless
 * once the servers are gone.
 *
 * @param directory the directory of the encrypted files, deleted when the demo ends
 * @param key a fresh key in base64, for this demo only: no other key is ever printed
 */
record DemoStore(Path directory, String key) implements AutoCloseable {

  /** Creates a store below {@code parent}, or below the system's temporary directory if null. */
  static DemoStore in(@Nullable Path parent) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      return new DemoStore(make(parent), Base64.getEncoder().encodeToString(key));
    } catch (IOException e) {
      String where = parent == null ? "the temporary directory" : parent.toString();
      throw new CommandException(
          CommandError.localFile(
              "Could not create a store in " + where, "Name another place with --directory DIR."),
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

  /** Deletes the files that can be deleted. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> inwards = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : inwards) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // What remains is encrypted, and belongs to servers that are gone.
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "DemoStore[" + directory + "]";
  }
}
