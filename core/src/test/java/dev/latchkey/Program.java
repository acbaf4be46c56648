package dev.latchkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own; what it prints is kept. */
final class Program implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<String> output;

  private Program(Process process) {
    this.process = process;
    output = CompletableFuture.supplyAsync(() -> read(process));
  }

  /**
   * Starts one.
   *
   * @param options of the JVM, separated by spaces
   */
  static Program start(Class<?> main, String options, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(Arrays.asList(options.split(" ", -1)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Closes its standard input. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits until it has ended by itself, with status 0, and returns all that it printed. */
  String awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
    String printed = output.join();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
