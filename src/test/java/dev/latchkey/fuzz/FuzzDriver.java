package dev.latchkey.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What Jazzer calls, by these names, in a process of its own. */
public final class FuzzDriver {

  /** The name of the enum, a dot, and the name of its constant. */
  static final String TARGET = "fuzz.target";

  /** The directory of the seeds. */
  static final String SEEDS = "fuzz.seeds";

  private static final int LARGE = 1 << 17;

  /**
   * One input in as many is read enlarged, too. Its own bytes decide, so that it can be repeated.
   */
  private static final int LARGE_IN = 64;

  private static final FuzzTarget CHOSEN = chosen(System.getProperty(TARGET, ""));

  private FuzzDriver() {}

  /** Reads the seeds, so that no input waits for classes to be loaded and compiled. */
  public static void fuzzerInitialize() throws IOException {
    try (Stream<Path> seeds = Files.list(Path.of(System.getProperty(SEEDS, "")))) {
      for (Path seed : seeds.toList()) {
        try {
          byte[] input = Files.readAllBytes(seed);
          CHOSEN.read(input);
          Enlarged.to(LARGE, input).forEach(CHOSEN::read);
        } catch (Throwable e) {
          // Jazzer reads it again, and reports it.
        }
      }
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    CHOSEN.read(input);
    if (Math.floorMod(Arrays.hashCode(input), LARGE_IN) == 0) {
      Enlarged.to(LARGE, input).forEach(CHOSEN::read);
    }
  }

  private static FuzzTarget chosen(String name) {
    int dot = name.lastIndexOf('.');
    try {
      Object[] constants = Class.forName(name.substring(0, dot)).getEnumConstants();
      return Stream.of(constants)
          .map(FuzzTarget.class::cast)
          .filter(target -> target.name().equals(name.substring(dot + 1)))
          .findFirst()
          .orElseThrow();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
