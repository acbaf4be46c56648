package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.examples.fixture.Mirror;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files at which Graph always fails do not hold up a run for long, however many they are. */
class FailingFilesTest {

  @TempDir Path directory;
  private Mirror mirror;

  @BeforeEach
  void start() {
    mirror = new Mirror(directory.resolve("mirror"));
    mirror.sync();
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  /** With the default of five retries, each further attempt at all files costs half a minute. */
  @Test
  void onlyThreeOfManyFilesAtWhichGraphFailsAreGivenAllAttempts() {
    List<String> ids = failing(8);
    incomplete();
    mirror.there.server.clearRequests();

    MirrorIncomplete why =
        catchThrowableOfType(MirrorIncomplete.class, () -> mirror.syncWithRetries(1));

    assertThat(why.leftOut()).hasSize(8);
    assertThat(ids).extracting(this::attempts).containsExactly(2, 2, 2, 1, 1, 1, 1, 1);
  }

  @Test
  void fileThatGraphDelaysAfterThreeFailuresIsWaitedFor() throws IOException {
    for (int i = 1; i <= 3; i++) {
      String id = mirror.drive.addFile("Work/aa" + i + ".txt", "not to be had");
      mirror.there.server.fail( // such an answer is not asked for again, which saves pauses
          Fault.status(200).body("<html>").always().to("GET", "/items/" + id + "$"));
    }
    String slow = mirror.drive.addFile("Work/slow.txt", "slow");
    mirror.there.server.fail(
        Fault.status(429).header("Retry-After", "1").to("GET", slow + "/content$"));

    MirrorIncomplete why =
        catchThrowableOfType(MirrorIncomplete.class, () -> mirror.syncWithRetries(1));

    assertThat(why.leftOut()).hasSize(3);
    assertThat(mirror.files()).containsEntry("slow.txt", "slow");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void fileAtWhichGraphFailsOnceAmongManyAtWhichItAlwaysFailsArrivesInTheSameRun(int status)
      throws IOException {
    failing(5);
    String good = mirror.drive.addFile("Work/good.txt", "good");
    mirror.there.server.fail(Fault.status(status).to("GET", good + "/content$"));

    MirrorIncomplete why = incomplete();

    assertThat(why.leftOut()).hasSize(5);
    assertThat(mirror.files()).containsEntry("good.txt", "good");
  }

  @Test
  void filesAtWhichGraphFailedInTheLastRunComeAfterAllOthers() {
    List<String> ids = failing(6);
    incomplete();
    String good = mirror.drive.addFile("Work/zz.txt", "good");
    mirror.there.server.clearRequests();

    incomplete();

    List<String> asked = contents();
    assertThat(asked).hasSize(7).first().isEqualTo(good);
    assertThat(asked.subList(1, 7)).isEqualTo(ids);
  }

  @Test
  void runsTryTwentyOfManyFailedFilesInTurnAndTellAll() {
    List<String> ids = failing(30);
    incomplete();
    mirror.there.server.clearRequests();

    MirrorIncomplete second = incomplete();
    List<String> first = contents();
    mirror.there.server.clearRequests();
    MirrorIncomplete third = incomplete();

    assertThat(second.leftOut()).hasSize(30);
    assertThat(third.leftOut()).hasSize(30);
    assertThat(first).hasSize(20);
    assertThat(contents()).hasSize(20);
    assertThat(contents().subList(0, 10)).isEqualTo(rest(ids, first));
    assertThat(second)
        .satisfies(
            why ->
                assertThat(why.leftOut())
                    .filteredOn(item -> item.reason().contains("has its turn"))
                    .hasSize(10));
  }

  @Test
  void allFailedFilesArriveInOneRunOnceGraphIsWellAgain() throws IOException {
    failing(30);
    incomplete();
    mirror.there.server.clearFaults();

    mirror.sync();

    assertThat(mirror.files()).hasSize(33);
    mirror.there.server.clearRequests();
    mirror.sync();
    assertThat(contents()).isEmpty();
  }

  @Test
  void oldVersionsMoveWithTheirFolderThoughTheNewOnesAreNotTried() throws IOException {
    Map<String, String> expected = new HashMap<>(mirror.files());
    for (int i = 100; i < 130; i++) {
      mirror.drive.addFile("Work/old/" + i + ".txt", "old");
      expected.put("new/" + i + ".txt", "old");
    }
    mirror.sync();
    for (int i = 100; i < 130; i++) {
      String id = mirror.drive.addFile("Work/old/" + i + ".txt", "changed");
      mirror.there.server.fail(Fault.status(500).always().to("GET", id + "/content$"));
    }
    incomplete();
    mirror.drive.move("Work/old", "Work/new");

    incomplete();

    assertThat(mirror.files()).isEqualTo(expected);
  }

  private List<String> failing(int count) {
    return IntStream.range(100, 100 + count)
        .mapToObj(
            i -> {
              String id = mirror.drive.addFile("Work/aa" + i + ".txt", "not to be had");
              mirror.there.server.fail(Fault.status(500).always().to("GET", id + "/content$"));
              return id;
            })
        .toList();
  }

  private static List<String> rest(List<String> all, List<String> some) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(some);
    return rest;
  }

  private int attempts(String id) {
    return (int) contents().stream().filter(id::equals).count();
  }

  /** The ids of the files whose content was requested, in order. */
  private List<String> contents() {
    return mirror.there.server.requests().stream()
        .map(request -> request.path())
        .filter(path -> path.endsWith("/content"))
        .map(path -> path.replaceFirst(".*/items/(.*)/content", "$1"))
        .toList();
  }

  private MirrorIncomplete incomplete() {
    return catchThrowableOfType(MirrorIncomplete.class, mirror::sync);
  }
}
