package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A program in a process of its own. It is ended, with all that it started, at its time limit. */
final class Child implements AutoCloseable {

  private static final ScheduledExecutorService WATCHDOG =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watchdog");
            thread.setDaemon(true);
            return thread;
          });

  final Process process;
  private final BufferedReader lines;
  private final Path errors;
  private final Future<?> limit;
  private volatile boolean late;

  Child(List<String> command, Map<String, String> variables, int seconds) throws IOException {
    this.errors = Files.createTempFile("benchmark", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
    builder.environment().putAll(variables);
    this.process = builder.start();
    this.lines = process.inputReader(UTF_8);
    this.limit =
        WATCHDOG.schedule(
            () -> {
              late = true;
              end();
            },
            seconds,
            TimeUnit.SECONDS);
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The next line of its output; null at the end. */
  @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /** Writes a line for it to read, or not if it has ended: {@link #await} says why. */
  void tell(String line) {
    try {
      process.outputWriter(UTF_8).write(line + "\n");
      process.outputWriter(UTF_8).flush();
    } catch (IOException ended) {
      // its output and status say more
    }
  }

  /**
   * Reads the rest of the output and waits for the end.
   *
   * @return why it failed; null if it did not
   */
  @Nullable String await(Consumer<String> reader) throws IOException {
    String last = "";
    for (String line = line(); line != null; line = line()) {
      reader.accept(line);
      last = line;
    }
    try {
      int exit = process.waitFor();
      return exit == 0 ? null : late ? "it did not end in time" : reason(exit, last);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String reason(int exit, String last) throws IOException {
    List<String> written = new ArrayList<>(Files.readAllLines(errors));
    written.forEach(System.out::println);
    return written.stream()
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .findFirst()
        .map(line -> line.replaceFirst("^Exception in thread \"[^\"]*\" ", ""))
        .map(line -> line.length() > 160 ? line.substring(0, 160) + "…" : line)
        .orElse("it ended with status " + exit + (last.isEmpty() ? "" : ", after: " + last));
  }

  /** Ends it, with all that it started, and waits until they write no more. */
  @Override
  public void close() throws IOException {
    limit.cancel(false);
    List<ProcessHandle> started = process.descendants().toList();
    started.forEach(ProcessHandle::destroyForcibly); // once the process has ended it has none
    end();
    process.onExit().join();
    started.forEach(one -> one.onExit().join());
    Files.deleteIfExists(errors);
  }
}
