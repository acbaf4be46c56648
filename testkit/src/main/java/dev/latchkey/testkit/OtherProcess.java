package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A {@link StoreProcess} as its parent sees it. Ended at the latest when it is closed. */
final class OtherProcess implements AutoCloseable {

  private static final long LONGEST = 60;

  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final Queue<String> noise = new ConcurrentLinkedQueue<>();
  private final Thread listener = new Thread(this::listen);

  private OtherProcess(Process process) {
    this.process = process;
    listener.setDaemon(true);
    listener.start();
  }

  static OtherProcess start(String opener, String location, String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", classPath()));
    line.addAll(List.of(StoreProcess.class.getName(), opener, location));
    line.addAll(List.of(command));
    return new OtherProcess(new ProcessBuilder(line).redirectErrorStream(true).start());
  }

  private static String classPath() {
    String modules = System.getProperty("jdk.module.path");
    String classes = System.getProperty("java.class.path");
    return modules == null ? classes : classes + File.pathSeparator + modules;
  }

  /** Waits for the next thing that it says. */
  void expect(String line) throws InterruptedException {
    String next = said.poll(LONGEST, SECONDS);
    assertEquals(line, next, () -> "It printed " + noise);
  }

  void send(String line) throws IOException {
    Writer in = process.outputWriter(UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Waits for its end, which has to be a good one. */
  void succeed() throws InterruptedException {
    assertTrue(process.waitFor(LONGEST, SECONDS), "It did not end.");
    assertEquals(0, process.exitValue(), () -> "It printed " + noise);
  }

  /** Lets it go on for so long, and kills it without a chance to clean up. */
  void killAfter(Duration grace) throws InterruptedException {
    assertTrue(
        !process.waitFor(grace.toMillis(), MILLISECONDS), () -> "It ended and printed " + noise);
    kill();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(LONGEST, SECONDS), "It cannot be killed.");
    listener.join(SECONDS.toMillis(LONGEST));
  }

  /** The last number that it said before it was killed, or another one if it said none. */
  int lastNumber(int none) {
    int last = none;
    for (String line : said) {
      last = Integer.parseInt(line);
    }
    return last;
  }

  private void listen() {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(StoreProcess.PREFIX)) {
          said.add(line.substring(StoreProcess.PREFIX.length()));
        } else {
          noise.add(line);
        }
      }
    } catch (IOException ended) {
      noise.add(ended.toString());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
