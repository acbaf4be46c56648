package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ToldProgram} in a JVM of its own. It ends with its standard input, and so with this one.
 */
final class ChildProgram implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 40;

  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private ChildProgram(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  static ChildProgram start(Path directory, ScriptedServer server) throws IOException {
    return start(directory, server, ToldProgram.FAKE_TIME);
  }

  static ChildProgram start(Path directory, ScriptedServer server, String time) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ToldProgram.class.getName()));
    command.addAll(List.of(directory.toString(), server.at("").toString(), time));
    return new ChildProgram(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      said.add("unreadable: " + e);
    }
  }

  void tell(String command) {
    try {
      process.getOutputStream().write((command + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line that it says; log lines, which are no answer, left out. */
  String hear() throws InterruptedException {
    while (true) {
      String line = said.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("the child says nothing");
      }
      if (line.matches("(ready|returning|exiting|got .*|began .*)")) {
        return line;
      }
    }
  }

  /** Waits for its end; gives the exit status. */
  int awaitExit(Duration timeout) throws InterruptedException {
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the child still runs after " + timeout);
    }
    return process.exitValue();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
