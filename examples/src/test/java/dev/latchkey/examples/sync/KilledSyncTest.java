package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.graph.drive.ItemRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledSyncTest {

  private static final int FILES = 120;
  private static final int KILLS = 8;

  @TempDir Path directory;

  /** The program that gets killed. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      new FolderSync(
              FixedToken.graph(args[0]).drives().mine(),
              ItemRef.path("Work"),
              Path.of(args[1]),
              (what, path) -> {})
          .run();
    }
  }

  @Test
  @Timeout(120)
  void killedAtAnyMomentItEndsWithEverythingThereOnce() throws Exception {
    Path mirror = directory.resolve("mirror");
    Random random = new Random(7);
    try (SignedInGraph there = new SignedInGraph()) {
      for (int i = 0; i < FILES; i++) {
        there.drive().addFile("Work/" + i % 7 + "/" + i + ".txt", "number " + i);
      }
      int killed = 0;
      for (int i = 0; i < KILLS; i++) {
        there.drive().addFile("Work/changing.txt", "version " + i);
        there.drive().move("Work/0/" + 7 * i + ".txt", "Work/moved " + i + ".txt");
        Process process = start(there, mirror);
        waitForFiles(process, mirror, random.nextInt(FILES));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
        killed += process.isAlive() ? 1 : 0;
        process.destroyForcibly().waitFor();
      }

      Process last = start(there, mirror);

      assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).isZero();
      assertThat(names(mirror)).isEqualTo(wanted());
      for (String name : names(mirror)) {
        assertThat(mirror.resolve(name)).hasContent(there.drive().fileText("Work/" + name));
      }
      assertThat(Files.readString(mirror.resolve("changing.txt")))
          .isEqualTo("version " + (KILLS - 1));
      assertThat(killed).as("runs that were killed before their end").isPositive();
    }
  }

  private Process start(SignedInGraph there, Path mirror) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            there.server.graph().url().toString(),
            mirror.toString());
    program.environment().put("TOKEN", there.token());
    return program
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("out").toFile())
        .start();
  }

  private static void waitForFiles(Process process, Path mirror, int count) throws Exception {
    while (process.isAlive() && names(mirror).size() < count) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static Set<String> wanted() {
    Set<String> wanted = new TreeSet<>(List.of("changing.txt"));
    for (int i = 0; i < FILES; i++) {
      boolean moved = i % 7 == 0 && i / 7 < KILLS;
      wanted.add(moved ? "moved " + i / 7 + ".txt" : i % 7 + "/" + i + ".txt");
    }
    return wanted;
  }

  private static Set<String> names(Path mirror) throws IOException {
    if (!Files.exists(mirror)) {
      return Set.of();
    }
    try (Stream<Path> all = Files.walk(mirror)) {
      return all.map(file -> mirror.relativize(file).toString())
          .filter(path -> path.endsWith(".txt") && !path.startsWith(".latchkey"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (UncheckedIOException changedMeanwhile) {
      return Set.of();
    }
  }
}
