package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.fixture.RequestCost;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a small request costs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RequestCostTest {

  /** As on a machine with two processors: the JDK then has a thread for each task. */
  private static final String TWO_PROCESSORS =
      "-Djava.util.concurrent.ForkJoinPool.common.parallelism=1";

  private static final long UNKNOWN = Long.MAX_VALUE;

  @Test
  void requestStartsNoThreadAndAllocatesLittle() throws Exception {
    Map<String, Long> cost = measure();

    // It was one for each request. A few remain where the response overtakes the return of the
    // call that sent the request.
    assertThat(cost.getOrDefault("threads", UNKNOWN)).isLessThan(RequestCost.REQUESTS / 2);
    // It was 35,000 to 42,000, and those of the threads; it is 28,000, most of it the JDK's own.
    assertThat(cost.getOrDefault("bytes", UNKNOWN) / RequestCost.REQUESTS).isLessThan(33_000);
  }

  private static Map<String, Long> measure() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                TWO_PROCESSORS,
                "-cp",
                System.getProperty("java.class.path"),
                RequestCost.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader printed = process.inputReader(UTF_8)) {
      return printed
          .lines()
          .filter(line -> line.matches("[a-z]+ [0-9]+"))
          .map(line -> line.split(" ", -1))
          .collect(Collectors.toMap(words -> words[0], words -> Long.valueOf(words[1])));
    } finally {
      process.destroyForcibly();
    }
  }
}
