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
 * A {@link StoreProcess} as its parent sees it. Ended at the latest when it is closed. It prints to
 * a file: of a pipe, the JDK may lose the last lines when the process is killed (its reaper closes
 * the stream under the reader).
 */
final class OtherProcess implements AutoCloseable {

  private static final long LONGEST = 240;
  private static final long POLL = 5;

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
    return new OtherProcess(builder.start(), output);
  }

  private static String classPath() {
    String modules = System.getProperty("jdk.module.path");
    String classes = System.getProperty("java.class.path");
    return modules == null ? classes : classes + File.pathSeparator + modules;
  }

  /** Waits for the next thing that it says. */
  void expect(String line) throws InterruptedException {
    for (long waited = 0; said().size() <= heard; waited += POLL) {
      boolean ended = process.waitFor(POLL, MILLISECONDS);
      assertTrue(
          said().size() > heard || (!ended && waited < SECONDS.toMillis(LONGEST)),
          () -> "It did not say " + line + " but printed " + printed());
    }
    assertEquals(line, said().get(heard));
    heard++;
  }

  void send(String line) throws IOException {
    Writer in = process.outputWriter(UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Waits for its end, which has to be a good one. */
  void succeed() throws InterruptedException {
    assertTrue(process.waitFor(LONGEST, SECONDS), "It did not end.");
    assertEquals(0, process.exitValue(), () -> "It printed " + printed());
  }

  /** Lets it go on for so long, and kills it without a chance to clean up. */
  void killAfter(Duration grace) throws InterruptedException {
    assertTrue(
        !process.waitFor(grace.toMillis(), MILLISECONDS),
        () -> "It ended and printed " + printed());
    kill();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(LONGEST, SECONDS), "It cannot be killed.");
  }

  /** The last number that it said before it was killed, or another one if it said none. */
  int lastNumber(int none) {
    List<String> said = said();
    return said.size() > heard ? Integer.parseInt(said.get(said.size() - 1)) : none;
  }

  /** What it said, as far as the lines are whole. */
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
      process.waitFor(LONGEST, SECONDS);
      Files.deleteIfExists(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
