package dev.latchkey.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The module's own folders, found from its classes so that an IDE's working directory is no matter.
 */
final class Workspace {
  private static final Path TARGET = locateTarget();

  private Workspace() {}

  /** The build directory. */
  static Path target() {
    return TARGET;
  }

  /** A directory under the build directory, made if need be. */
  static Path target(String name) {
    try {
      return Files.createDirectories(TARGET.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node project of {@link OidcProviderServer}. */
  static Path node() {
    return TARGET.resolveSibling("src").resolve("test").resolve("node");
  }

  private static Path locateTarget() {
    try {
      Path classes =
          Path.of(Workspace.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolveSibling("").toAbsolutePath().normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
