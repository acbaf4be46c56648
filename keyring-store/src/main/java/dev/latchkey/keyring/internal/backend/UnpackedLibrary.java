package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.internal.text.SafeCause;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library that jkeychain 1.1.0 unpacks into the temporary folder when a JVM first uses a mac's
 * keychain. It loads it and leaves it there; what is loaded needs its file no longer.
 */
final class UnpackedLibrary {

  private static final Logger log = LoggerFactory.getLogger(UnpackedLibrary.class);
  private static final String FILES = "osxkeychain*.so";

  private UnpackedLibrary() {}

  /** What unpacks and loads it. */
  interface Loading<T> {
    T run() throws BackendNotSupportedException;
  }

  /**
   * Opens a keychain, and removes the file that came meanwhile. If there are several, another
   * program is about to load one of them, and all are left.
   *
   * @param temporary the folder
   */
  static <T> T removedAfter(Path temporary, Loading<T> loading)
      throws BackendNotSupportedException {
    Set<Path> before = files(temporary);
    try {
      return loading.run();
    } finally {
      Set<Path> came = files(temporary);
      came.removeAll(before);
      if (came.size() == 1) {
        remove(came.iterator().next());
      }
    }
  }

  /** Those with a content: beside each, jkeychain makes an empty one, which goes at the exit. */
  private static Set<Path> files(Path temporary) {
    Set<Path> files = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(temporary, FILES)) {
      for (Path file : all) {
        if (Files.size(file) > 0) {
          files.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      log.debug("The temporary folder could not be read", SafeCause.of(e));
    }
    return files;
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.debug("jkeychain's library stays in the temporary folder", SafeCause.of(e));
    }
  }
}
