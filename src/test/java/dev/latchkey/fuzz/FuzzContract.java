package dev.latchkey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for the parsers of a module, whatever the bytes: each returns or throws its documented
 * exception, in time. To keep a finding, put its bytes beside the seeds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FuzzContract {

  private static final int MEGABYTE = 1 << 20;

  /** The parsers. */
  abstract Stream<? extends FuzzTarget> targets();

  @ParameterizedTest
  @MethodSource("targets")
  void everySeedIsReadOrRefusedAsDocumented(FuzzTarget target) throws IOException {
    List<Path> seeds = seeds(target);

    assertThat(seeds).hasSizeGreaterThan(1);
    for (Path seed : seeds) {
      byte[] input = Files.readAllBytes(seed);
      try {
        target.read(input);
      } catch (Throwable e) {
        throw new AssertionError("not for " + seed, e);
      }
    }
  }

  /** All take milliseconds; in quadratic time it would be minutes. */
  @ParameterizedTest
  @MethodSource("targets")
  @Timeout(value = 30, threadMode = SEPARATE_THREAD)
  void seedOfAMegabyteIsReadInTime(FuzzTarget target) throws IOException {
    byte[] input = Files.readAllBytes(seeds(target).get(0));

    List<byte[]> large = Enlarged.to(MEGABYTE, input);

    assertThat(large).hasSize(2).allSatisfy(target::read);
  }

  @ParameterizedTest
  @MethodSource("targets")
  @Tag("fuzz")
  @Timeout(value = 24, unit = TimeUnit.HOURS)
  void fuzzerFindsNothing(FuzzTarget target) throws Exception {
    Jazzer.run(target, directory(target));
  }

  private static List<Path> seeds(FuzzTarget target) throws IOException {
    try (Stream<Path> files = Files.list(directory(target))) {
      return files.sorted().toList();
    }
  }

  private static Path directory(FuzzTarget target) {
    return Path.of("src", "test", "resources", "dev", "latchkey", "fuzz", target.directory());
  }
}
