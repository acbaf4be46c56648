package dev.latchkey.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long run of many sessions, in a process of its own; {@code -Dsoak.minutes} sets its length. */
@Tag("soak")
class SoakTest {

  private static final int MINUTES = Integer.getInteger("soak.minutes", 2);

  @TempDir Path directory;

  @Test
  @Timeout(value = 4, unit = TimeUnit.HOURS)
  void aThousandSessionsWithFaultsStayAliveAndGrowNothing() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Djdk.httpclient.keepalive.timeout=2"));
    command.addAll(List.of("-Dsun.net.httpserver.nodelay=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Soak.class.getName()));
    command.addAll(List.of(String.valueOf(MINUTES * 60), directory.resolve("store").toString()));
    Process soak = new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start();
    try {
      assertThat(soak.waitFor()).as("what the soak printed says why").isZero();
    } finally {
      soak.destroyForcibly();
    }
  }
}
