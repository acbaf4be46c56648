package dev.latchkey.graph.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link TransferProcess} as the test sees it: a JVM with a heap of 12 MiB. */
final class SmallJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader said;

  private SmallJvm(Process process) {
    this.process = process;
    this.said = process.inputReader(UTF_8);
  }

  static SmallJvm start(URI graph, String token, String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx12m");
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(TransferProcess.class.getName(), graph.toString()));
    line.addAll(List.of(command));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Writer in = process.outputWriter(UTF_8);
    in.write(token + "\n");
    in.flush();
    return new SmallJvm(process);
  }

  /** Waits until it says so. */
  void expect(String line) throws IOException {
    String next = said.readLine();
    while (next != null && !next.equals(line)) {
      next = said.readLine();
    }
    assertThat(next).as("what it says").isEqualTo(line);
  }

  /** Its last line, once it has ended well. */
  String result() throws IOException, InterruptedException {
    String last = "";
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      last = line;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return last;
  }

  /** Ends it without a chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
