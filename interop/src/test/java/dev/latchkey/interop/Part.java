package dev.latchkey.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** A part of this machine that the suite needs: a program on the {@code PATH}, a file. */
final class Part {
  private Part() {}

  /** Finds the first of some programs on the {@code PATH}. */
  static Path program(String... names) {
    List<String> folders =
        Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
    for (String name : names) {
      for (String folder : folders) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program) && !Files.isDirectory(program)) {
          return program;
        }
      }
    }
    throw missing("none of " + Arrays.toString(names) + " is on the PATH");
  }

  /**
   * What to throw for a missing part. A developer without Chromium still wants the other tests to
   * run, so it skips; in CI a skip would go unseen for months, so there it fails.
   */
  static RuntimeException missing(String what) {
    String message = "interop: " + what;
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      return new IllegalStateException(message);
    }
    System.out.println(message + "; skipped");
    return new TestAbortedException(message);
  }
}
