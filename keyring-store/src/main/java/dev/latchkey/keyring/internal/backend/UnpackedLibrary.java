package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library that jkeychain 1.1.0 unpacks into the temporary folder when a JVM first uses a mac's
 * keychain. It loads it and leaves it there; what is loaded needs its file no longer.
 */
final class UnpackedLibrary {

  private static final Logger log = LoggerFactory.getLogger(UnpackedLibrary.class);
  private static final Object ONE_AT_A_TIME = new Object();
  private static final Pattern FILES = Pattern.compile("osxkeychain.*\\.so");

  private UnpackedLibrary() {}

  /** What unpacks and loads it. */
  interface Loading<T> {
    T run() throws BackendNotSupportedException;
  }

  /**
   * Opens a keychain, and removes the file that came meanwhile. If there are several, another
   * program is about to load one of them, and all are left. The threads of this one wait for each
   * other.
   *
   * @param temporary the folder
   */
  static <T> T removedAfter(Path temporary, Loading<T> loading)
      throws BackendNotSupportedException {
    synchronized (ONE_AT_A_TIME) {
      Set<File> before = files(temporary.toFile());
      try {
        return loading.run();
      } finally {
        removeNew(temporary.toFile(), before);
      }
    }
  }

  private static void removeNew(File temporary, Set<File> before) {
    Set<File> came = files(temporary);
    came.removeAll(before);
    if (came.size() == 1) {
      boolean removed = came.iterator().next().delete();
      log.debug("The library that jkeychain unpacked is removed: {}", removed);
    }
  }

  /** Those with a content: beside each, jkeychain makes an empty one, which goes at the exit. */
  private static Set<File> files(File temporary) {
    File[] files =
        temporary.listFiles(
            file -> FILES.matcher(file.getName()).matches() && file.isFile() && file.length() > 0);
    return files == null ? new HashSet<>() : new HashSet<>(Arrays.asList(files));
  }
}
