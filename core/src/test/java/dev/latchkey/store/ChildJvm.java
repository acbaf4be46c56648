package dev.latchkey.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a process of its own, to its end. */
final class ChildJvm {

  private ChildJvm() {}

  static String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process child = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    try {
      child.getOutputStream().close();
      assertThat(child.waitFor(30, SECONDS)).as("the child ended").isTrue();
      return new String(child.getInputStream().readAllBytes(), UTF_8).strip();
    } finally {
      child.destroyForcibly();
    }
  }
}
