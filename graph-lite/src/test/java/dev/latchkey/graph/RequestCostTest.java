package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.fixture.RequestCost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a small request costs. That a response leaves the JDK's pool no task is a test of core. */
@Tag("processes")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RequestCostTest {

  /** As on a machine with two processors: the JDK then has a thread for each task. */
  private static final String TWO_PROCESSORS =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1";

  private static final String BYTES = "bytes ";
  private static final String THREADS = "threads ";

  @TempDir Path directory;

  @Test
  void smallRequestAllocatesLittleAndStartsNoThread() throws Exception {
    List<String> printed = measure();
    List<Long> rounds = counts(printed, BYTES);
    List<Long> threads = counts(printed, THREADS);

    // Of the best round: the others may share it with what a busy machine makes late.
    // It was 35,000 to 42,000; it is 28,000, most of it the JDK's own.
    assertThat(Collections.min(rounds) / RequestCost.REQUESTS).isLessThan(33_000);
    // For a thousand requests, those of the server included. A thread for each was the fault; a
    // quiet machine starts none, a busy one (35 tasks on two processors) up to 53.
    assertThat(threads).singleElement(InstanceOfAssertFactories.LONG).isLessThan(500);
  }

  private static List<Long> counts(List<String> printed, String what) {
    return printed.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> Long.valueOf(line.substring(what.length())))
        .toList();
  }

  /** Into a file: a wait for its end can be interrupted, a read of its output cannot. */
  private List<String> measure() throws Exception {
    Path printed = directory.resolve("printed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                TWO_PROCESSORS,
                "-cp",
                System.getProperty("java.class.path"),
                RequestCost.class.getName())
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(printed, UTF_8);
  }
}
