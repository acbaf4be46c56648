package dev.latchkey.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the suite starts does not outlive it. */
class ChildProcessTest {
  /** A program that starts another, and says the process id of the inner one. */
  private static final String FAMILY = "sleep 300 & echo inner $!; wait";

  private static final Pattern INNER = Pattern.compile("inner (\\d+)");
  private static final Pattern PARENT = Pattern.compile("parent (\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void closeEndsWhatTheProgramHasStarted() throws Exception {
    ChildProcess process = start(FAMILY);
    ProcessHandle inner = said(INNER, process);

    process.close();

    inner.onExit().get(20, TimeUnit.SECONDS);
    assertThat(inner.isAlive()).isFalse();
  }

  @Test
  void aKilledJvmLeavesNothingBehind() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(java, "-cp", System.getProperty("java.class.path"), Parent.class.getName());
    try (ChildProcess jvm =
        ChildProcess.start("jvm", Path.of(System.getProperty("user.dir")), Map.of(), command)) {
      ProcessHandle inner = said(INNER, jvm);

      said(PARENT, jvm).destroyForcibly();

      inner.onExit().get(20, TimeUnit.SECONDS);
      assertThat(inner.isAlive()).isFalse();
    }
  }

  @Test
  void aProgramThatEndsEarlyIsQuoted() {
    try (ChildProcess process = start("echo the reason; exit 3")) {
      assertThatThrownBy(() -> process.awaitOutput(Pattern.compile("ready"), PATIENCE))
          .hasMessageContaining("status 3")
          .hasMessageContaining("the reason");
    }
  }

  private ChildProcess start(String script) {
    return ChildProcess.start("family", directory, Map.of(), List.of("bash", "-c", script));
  }

  private static ProcessHandle said(Pattern pattern, ChildProcess process) {
    String pid = process.awaitOutput(pattern, PATIENCE).group(1);
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** A JVM that starts a family, says so, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      ChildProcess family =
          ChildProcess.start(
              "family",
              Path.of(System.getProperty("user.dir")),
              Map.of(),
              List.of("bash", "-c", FAMILY));
      System.out.println("parent " + ProcessHandle.current().pid());
      System.out.println(family.awaitOutput(INNER, PATIENCE).group());
      Thread.sleep(PATIENCE.toMillis());
    }
  }
}
