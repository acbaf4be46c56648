package dev.latchkey.testkit.internal.graph.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates the files for uploads in one temporary directory. Thread-safe. */
public final class TemporaryFiles implements AutoCloseable {

  private @Nullable Path directory;

  synchronized Path create() {
    try {
      Path parent = directory;
      if (parent == null) {
        parent = Files.createTempDirectory("latchkey-testkit");
        parent.toFile().deleteOnExit();
        directory = parent;
      }
      Path file = Files.createTempFile(parent, "upload", null);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    Path parent = directory;
    if (parent == null) {
      return;
    }
    try (Stream<Path> files = Files.list(parent)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(parent);
    } catch (IOException inUse) {
      // The JVM deletes the rest at exit.
    }
    directory = null;
  }
}
