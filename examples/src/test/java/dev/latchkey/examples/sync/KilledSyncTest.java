package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.fixture.FixedToken;
import dev.latchkey.examples.fixture.KnownFolder;
import dev.latchkey.examples.fixture.SignedInGraph;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills each run after some of its work: requests that it sent, lines that it printed. */
@Tag("processes")
class KilledSyncTest {

  private static final int FILES = 100;
  private static final int FOLDERS = 16;

  /** The limit of rounds: a run that ends before the kill does not count. */
  private static final int MAX_ROUNDS = 8;

  private static final List<String> TOO_OLD =
      List.of("resyncChangesApplyDifferences", "resyncChangesUploadDifferences");

  @TempDir Path directory;
  private final Random random = new Random(7);
  private SignedInGraph there;
  private KnownFolder work;
  private Path mirror;

  private int runs;
  private int killed;
  private int killedAfterMovesOrDeletes;
  private int killedAfterResync;

  /** The program to kill. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      new FolderSync(
              FixedToken.graph(args[0]).drives().mine(),
              ItemRef.path("Work"),
              Path.of(args[1]),
              (what, path) -> System.out.println(what + " " + path))
          .run();
    }
  }

  @BeforeEach
  void start() {
    there = new SignedInGraph();
    there.server.graph().settings().pageSize(25);
    work = new KnownFolder(there.drive(), "Work");
    mirror = directory.resolve("mirror");
    for (int i = 0; i < FILES; i++) {
      work.write(i % FOLDERS + "/" + i + ".txt");
    }
  }

  @AfterEach
  void stop() {
    there.close();
  }

  @Test
  @Timeout(180)
  void firstRunThatIsKilledRepeatedlyEndsWithEveryFileOnce() throws Exception {
    for (int i = 0; i < MAX_ROUNDS && killed < 5; i++) {
      work.write("changing.txt");
      work.move(i + "/" + i + ".txt", "moved " + i + ".txt");
      runAndKillAfter(2 + random.nextInt(60));
    }

    finish();

    assertThat(killed).as("killed of %d", runs).isEqualTo(5);
  }

  @Test
  @Timeout(180)
  void killedLaterRunsEndWithExactlyWhatChanged() throws Exception {
    finish();

    for (int i = 0; i < MAX_ROUNDS && (killed < 6 || killedAfterMovesOrDeletes < 2); i++) {
      change(i);
      runAndKillAfter(2 + random.nextInt(70));
      runAndKillAfter(2 + random.nextInt(70));
      finish();
    }

    assertThat(killed).as("killed of %d", runs).isGreaterThanOrEqualTo(6);
    assertThat(killedAfterMovesOrDeletes).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Timeout(180)
  void runsKilledDuringAResyncEndWithExactlyWhatChanged() throws Exception {
    finish();

    for (int i = 0; i < MAX_ROUNDS && (killed < 3 || killedAfterResync < 2); i++) {
      change(i);
      there.drive().expireDeltaTokens(TOO_OLD.get(i % TOO_OLD.size()));
      runAndKillAfter(4 + random.nextInt(6));
      runAndKillAfter(4 + random.nextInt(70));
      finish();
    }

    assertThat(killed).as("killed of %d", runs).isGreaterThanOrEqualTo(3);
    assertThat(killedAfterResync).isGreaterThanOrEqualTo(2);
  }

  /** Changes the drive after the mirror is complete. */
  private void change(int round) {
    List<String> files = work.shuffledFiles(random);
    work.move(files.get(0), "between.txt");
    work.move(files.get(1), files.get(0));
    work.move("between.txt", files.get(1));
    for (int i = 2; i < 14; i++) {
      work.write(files.get(i));
      work.move(files.get(i + 12), "moved in " + round + "/" + i + ".txt");
      work.delete(files.get(i + 24));
      work.write("new in " + round + "/" + i + ".txt");
    }
    work.move(round + "/", "renamed " + round + "/");
    work.delete(FOLDERS - 1 - round + "/");
  }

  /** Kills a run after so many requests and printed lines. */
  private void runAndKillAfter(int amount) throws Exception {
    there.server.clearRequests();
    Process process = begin();
    try {
      while (process.isAlive() && requests().size() + told().size() < amount) {
        TimeUnit.MICROSECONDS.sleep(200);
      }
      TimeUnit.MICROSECONDS.sleep(random.nextInt(2000));
      boolean working = process.isAlive();
      int status = process.destroyForcibly().waitFor();
      runs++;
      if (working && status != 0) {
        noteKill();
      } else {
        assertThat(status).as("%s", told()).isZero();
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private void noteKill() throws IOException {
    killed++;
    if (told().stream().anyMatch(line -> line.startsWith("moved") || line.startsWith("deleted"))) {
      killedAfterMovesOrDeletes++;
    }
    if (requests().stream().anyMatch(request -> request.status().orElse(0) == 410)) {
      killedAfterResync++;
    }
  }

  private void finish() throws Exception {
    Process process = begin();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", told()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(mirrored()).isEqualTo(work.content());
  }

  private Process begin() throws IOException {
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
    return program.redirectErrorStream(true).redirectOutput(out().toFile()).start();
  }

  private List<RecordedRequest> requests() {
    return there.server.graph().requests();
  }

  private List<String> told() throws IOException {
    return Files.readAllLines(out());
  }

  private Path out() {
    return directory.resolve("out");
  }

  /** Texts by path, folders ending in a slash, without the mirror's own directory. */
  private Map<String, String> mirrored() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(mirror)) {
      for (Path path : all.filter(each -> !each.equals(mirror)).toList()) {
        String name = mirror.relativize(path).toString().replace('\\', '/');
        if (Files.isDirectory(path)) {
          content.put(name + "/", "");
        } else {
          content.put(name, Files.readString(path));
        }
      }
    }
    content.keySet().removeIf(name -> name.startsWith(".latchkey/"));
    return content;
  }
}
