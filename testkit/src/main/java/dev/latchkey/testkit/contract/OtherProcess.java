package dev.latchkey.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link StoreProcess} as its parent sees it; closing it kills it. It prints to a file, since the
 * JDK may lose the last lines of a pipe when the process is killed: its reaper closes the stream
 * under the reader.
 */
final class OtherProcess implements AutoCloseable {

  private static final long MAX_SECONDS = 240;
  private static final long POLL_MILLIS = 5;

  private final Process process;
  private final Path output;
  private int heard;

  private OtherProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static OtherProcess start(String opener, String location, String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", classPath()));
    line.addAll(List.of(StoreProcess.class.getName(), opener, location));
    line.addAll(List.of(command));
    Path output = Files.createTempFile("latchkey-process", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    // What a process has for the command line, such as the key of a file store, is not for others.
    builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
    return new OtherProcess(builder.start(), output);
  }

  private static String classPath() {
    String modules = System.getProperty("jdk.module.path");
    String classes = System.getProperty("java.class.path");
    return modules == null ? classes : classes + File.pathSeparator + modules;
  }

  /** Waits for its next line, which must be this one. */
  void expect(String line) throws InterruptedException {
    for (long waited = 0; said().size() <= heard; waited += POLL_MILLIS) {
      boolean ended = process.waitFor(POLL_MILLIS, MILLISECONDS);
      assertTrue(
          said().size() > heard || (!ended && waited < SECONDS.toMillis(MAX_SECONDS)),
          () -> "It did not print " + line + " but " + printed());
    }
    assertEquals(line, said().get(heard));
    heard++;
  }

  void send(String line) throws IOException {
    Writer in = process.outputWriter(UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Waits until it ends, which must be with status 0. */
  void succeed() throws InterruptedException {
    assertTrue(process.waitFor(MAX_SECONDS, SECONDS), "It did not end");
    assertEquals(0, process.exitValue(), () -> "It printed " + printed());
  }

  /** Lets it run for this long, then kills it without a chance to clean up. */
  void killAfter(Duration grace) throws InterruptedException {
    assertTrue(
        !process.waitFor(grace.toMillis(), MILLISECONDS),
        () -> "It ended and printed " + printed());
    kill();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(MAX_SECONDS, SECONDS), "It cannot be killed");
  }

  /** The last number that it printed before it was killed, or this default. */
  int lastNumber(int none) {
    List<String> said = said();
    return said.size() > heard ? Integer.parseInt(said.get(said.size() - 1)) : none;
  }

  /** The complete lines that it printed for its parent. */
  private List<String> said() {
    List<String> said = new ArrayList<>();
    String printed = printed();
    for (String line : printed.substring(0, printed.lastIndexOf('\n') + 1).lines().toList()) {
      if (line.startsWith(StoreProcess.PREFIX)) {
        said.add(line.substring(StoreProcess.PREFIX.length()));
      }
    }
    return said;
  }

  private String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(MAX_SECONDS, SECONDS);
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
