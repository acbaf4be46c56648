package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.examples.fixture.Mirror;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One item that cannot be mirrored stops neither the others nor the next run. */
class LeftOutTest {

  @TempDir Path directory;
  private Mirror mirror;

  @BeforeEach
  void start() {
    mirror = new Mirror(directory.resolve("mirror"));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü"})
  void nameTooLongForTheDiskStopsNeitherTheOthersNorTheNextRun(String letter) throws IOException {
    String tooLong = letter.repeat(256);
    mirror.drive.addFile("Work/" + tooLong, "lost");

    MirrorIncomplete first = incomplete();
    mirror.drive.addFile("Work/new.txt", "new");
    MirrorIncomplete second = incomplete();

    assertThat(first).hasMessageStartingWith("1 item was left out of the mirror: " + letter);
    assertThat(second.leftOut()).extracting(LeftOut::path).containsExactly(tooLong);
    assertThat(mirror.told)
        .contains("downloaded new.txt", "left out " + tooLong + ": File name too long");
    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "deep/er/c.txt", "c", "new.txt", "new"));
    assertThat(mirror.there.server.requests(Endpoint.DOWNLOAD)).hasSize(4); // none for the lost one
  }

  @Test
  void folderWithATooLongNameIsLeftOutOnceWithAllInIt() throws IOException {
    String tooLong = "y".repeat(256);
    mirror.drive.addFile("Work/" + tooLong + "/1.txt", "1");
    mirror.drive.addFile("Work/" + tooLong + "/2/2.txt", "2");

    MirrorIncomplete why = incomplete();

    assertThat(why.leftOut()).extracting(LeftOut::path).containsExactly(tooLong);
    assertThat(mirror.files()).hasSize(3);
  }

  @Test
  void itemIsMirroredOnceItsNameFits() throws IOException {
    mirror.drive.addFile("Work/" + "x".repeat(256), "late");
    incomplete();
    mirror.drive.move("Work/" + "x".repeat(256), "Work/short.txt");

    mirror.sync();

    assertThat(mirror.files()).containsEntry("short.txt", "late");
  }

  @Test
  void fileWhoseNewNameIsTooLongDoesNotWedgeTheMirror() throws IOException {
    mirror.sync();
    String tooLong = "z".repeat(256);
    mirror.drive.move("Work/b.txt", "Work/" + tooLong);

    incomplete();
    incomplete();
    mirror.drive.move("Work/" + tooLong, "Work/back.txt");
    mirror.sync();

    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a", "back.txt", "b", "deep/er/c.txt", "c"));
    assertThat(mirror.there.server.requests(Endpoint.DOWNLOAD)).hasSize(3); // it was kept
  }

  @Test
  void nameOf255BytesArrivesAndMayBeSetAside() throws IOException {
    String longest = "x".repeat(251) + ".txt";
    mirror.drive.addFile("Work/" + longest, "drive");
    mirror.sync();
    Files.writeString(mirror.directory.resolve(longest), "mine, and longer");
    mirror.drive.addFile("Work/" + longest, "drive, changed");

    mirror.sync();

    String kept = "x".repeat(242) + " (kept 1).txt";
    assertThat(mirror.files())
        .containsEntry(longest, "drive, changed")
        .containsEntry(kept, "mine, and longer");
  }

  @Test
  void fileAndFolderOfOneNameLeaveTheFileOut() throws IOException {
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"deep\"", "\"b.txt\"")).to("GET", "/delta"));

    MirrorIncomplete first = incomplete();
    MirrorIncomplete second = incomplete();

    assertThat(mirror.files()).isEqualTo(Map.of("a.txt", "a", "b.txt/er/c.txt", "c"));
    assertThat(first.leftOut()).extracting(LeftOut::path).containsExactly("b.txt");
    assertThat(second).hasMessageContaining("b.txt, another item of the drive has the same name");
  }

  @Test
  void itemOfTheSameNameThatIsGoneWithoutAWordGivesWay() throws IOException {
    mirror.drive.addFile("Work/x.txt", "new");
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"x.txt\"", "\"b.txt\"")).to("GET", "/delta"),
        Fault.status(404).always().to("GET", "/items/" + mirror.drive.itemId("Work/b.txt") + "$"));

    mirror.sync();

    assertThat(mirror.files()).containsEntry("b.txt", "new");
  }

  /** A hard link is to names that differ in case what a disk that ignores case is. */
  @ParameterizedTest
  @ValueSource(strings = {"A.txt", "A.TXT"})
  void nameThatIsAnotherFilesOnThisDiskIsLeftOut(String alike) throws IOException {
    mirror.sync();
    Files.createLink(mirror.directory.resolve(alike), mirror.directory.resolve("a.txt"));
    mirror.drive.addFile("Work/x.txt", "another");
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"x.txt\"", "\"" + alike + "\"")).to("GET", "/delta"));

    incomplete();
    MirrorIncomplete second = incomplete();

    assertThat(second.leftOut()).extracting(LeftOut::path).containsExactly(alike);
    assertThat(second).hasMessageContaining("the same as that of a.txt");
    assertThat(mirror.directory.resolve("a.txt")).hasContent("a");
    assertThat(mirror.files()).hasSize(4);
  }

  @Test
  void namesThatDifferInCaseOrCompositionBothArriveWhereTheDiskDistinguishesThem()
      throws IOException {
    mirror.drive.addFile("Work/x.txt", "upper");
    mirror.drive.addFile("Work/\u00e9.txt", "one letter");
    mirror.drive.addFile("Work/e\u0301.txt", "two letters");
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"x.txt\"", "\"A.txt\"")).to("GET", "/delta"));

    mirror.sync();

    assertThat(mirror.files())
        .containsEntry("a.txt", "a")
        .containsEntry("A.txt", "upper")
        .containsEntry("\u00e9.txt", "one letter")
        .containsEntry("e\u0301.txt", "two letters");
  }

  @Test
  void fileThatGraphRefusesStopsNeitherTheOthersNorTheNextRun() throws IOException {
    for (int status : new int[] {400, 403, 404, 406, 409, 410, 412, 415, 423, 507}) {
      String name = status + ".txt";
      String id = mirror.drive.addFile("Work/" + name, "refused");
      mirror.there.server.fail(Fault.status(status).always().to("GET", id + "/content$"));

      MirrorIncomplete first = incomplete();
      mirror.drive.addFile("Work/b.txt", "b after " + status);
      incomplete();

      assertThat(first.refusal()).as(name).isNotNull();
      assertThat(mirror.told).contains("downloaded b.txt").last().asString().contains(name);
      assertThat(mirror.files()).containsEntry("b.txt", "b after " + status);
      mirror.there.server.clearFaults();
      mirror.sync();
      assertThat(mirror.files()).containsEntry(name, "refused");
    }
  }

  @Test
  void oldVersionOfALockedFileStaysUntilTheNewOneCanBeHad() throws IOException {
    mirror.sync();
    mirror.drive.addFile("Work/a.txt", "a, changed");
    mirror.there.server.fail(
        Fault.status(423).to("GET", mirror.drive.itemId("Work/a.txt") + "/content$"));

    incomplete();

    assertThat(mirror.files()).containsEntry("a.txt", "a");
    mirror.sync();
    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a, changed", "b.txt", "b", "deep/er/c.txt", "c"));
  }

  @Test
  void oldVersionOfALockedFileMovesWithItsFolder() throws IOException {
    mirror.sync();
    mirror.drive.addFile("Work/deep/er/c.txt", "c, changed");
    mirror.drive.move("Work/deep", "Work/shallow");
    mirror.there.server.fail(
        Fault.status(423).to("GET", mirror.drive.itemId("Work/shallow/er/c.txt") + "/content$"));

    incomplete();

    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "shallow/er/c.txt", "c"));
    mirror.sync();
    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "shallow/er/c.txt", "c, changed"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void fileAtWhichGraphAlwaysFailsStopsNotTheOthers(int status) throws IOException {
    mirror.there.server.fail(
        Fault.status(status).always().to("GET", mirror.drive.itemId("Work/a.txt") + "/content$"));

    MirrorIncomplete why = incomplete();

    assertThat(why.refusal()).isInstanceOf(GraphUnavailable.class);
    assertThat(mirror.files()).isEqualTo(Map.of("b.txt", "b", "deep/er/c.txt", "c"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 504})
  void sixFilesInARowAtWhichGraphAlwaysFailsStopNeitherTheOthersNorTheNextRun(int status)
      throws IOException {
    mirror.sync();
    for (int i = 1; i <= 6; i++) {
      String id = mirror.drive.addFile("Work/aa" + i + ".txt", "not to be had");
      mirror.there.server.fail(Fault.status(status).always().to("GET", id + "/content$"));
    }
    mirror.drive.addFile("Work/b.txt", "b, changed");
    mirror.drive.addFile("Work/new.txt", "new");

    MirrorIncomplete first = incomplete();
    mirror.drive.addFile("Work/newer.txt", "newer");
    MirrorIncomplete second = incomplete();

    assertThat(first.leftOut()).hasSize(6);
    assertThat(second.leftOut()).hasSize(6);
    assertThat(mirror.files())
        .isEqualTo(
            Map.of(
                "a.txt", "a",
                "b.txt", "b, changed",
                "deep/er/c.txt", "c",
                "new.txt", "new",
                "newer.txt", "newer"));
  }

  /** Whether one of two items with one name is gone need not be known to mirror all others. */
  @ParameterizedTest
  @ValueSource(ints = {400, 403, 410, 423, 500, 503, 200})
  void itemOfTheSameNameThatCannotBeLookedAtStopsNotTheOthers(int status) throws IOException {
    mirror.drive.addFile("Work/x.txt", "new");
    Fault unknown = Fault.status(status);
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"x.txt\"", "\"b.txt\"")).to("GET", "/delta"),
        (status == 200 ? unknown.body("<html>") : unknown)
            .always()
            .to("GET", "/items/" + mirror.drive.itemId("Work/b.txt") + "$"));

    MirrorIncomplete why = incomplete();

    assertThat(why.leftOut()).extracting(LeftOut::path).containsExactly("b.txt");
    assertThat(mirror.files()).containsEntry("a.txt", "a").containsEntry("deep/er/c.txt", "c");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // no interrupt ends it
  void pipeInPlaceOfTheJournalIsRefusedBeforeItIsOpened() throws Exception {
    mirror.sync();
    Path journal = mirror.directory.resolve(".latchkey/journal");
    Files.delete(journal);
    assertThat(new ProcessBuilder("mkfifo", journal.toString()).start().waitFor()).isZero();

    assertThatThrownBy(mirror::sync).hasStackTraceContaining("journal is not a regular file");
  }

  @Test
  void driveThatIsDownEndsTheRunAtTheFirstFile() {
    mirror.there.server.fail(Fault.status(503).always().onRequest(4).to(Endpoint.GRAPH));

    assertThatThrownBy(mirror::sync).isInstanceOf(GraphUnavailable.class);

    assertThat(mirror.told).isEmpty();
  }

  @Test
  void idOf300CharactersIsAnIdLikeAnyOther() throws IOException {
    String id = "i".repeat(300);
    String real = mirror.drive.itemId("Work/a.txt");
    String other = mirror.drive.itemId("Work/b.txt");
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace(real, id)).always().to("GET", "/delta"),
        Fault.status(200)
            .body("{\"id\":\"" + id + "\",\"name\":\"a.txt\",\"size\":1,\"file\":{}}")
            .always()
            .to("GET", "/items/" + id + "$"),
        Fault.status(302)
            .header("Location", mirror.there.server.graph().storageUrl() + "/long")
            .always()
            .to("GET", "/items/" + id + "/content$"),
        Fault.status(200)
            .body("a")
            .header("Content-Type", "text/plain")
            .always()
            .to("GET", "/long$"));

    mirror.sync();

    assertThat(mirror.files())
        .isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "deep/er/c.txt", "c"))
        .isNotEqualTo(Map.of(other, other));
  }

  @Test
  void moveThatCannotBeFinishedIsGivenUp() throws IOException {
    mirror.sync();
    Path staged = Files.writeString(mirror.directory.resolve(".latchkey/staging/old"), "12345");
    mirror.journal(
        """
        {"local":{"id":"gone","path":"%s","version":"v","size":5,"modified":%d,\
        "from":".latchkey/staging/old"}}\
        """
            .formatted("n".repeat(300), Files.getLastModifiedTime(staged).toMillis()));
    mirror.drive.addFile("Work/new.txt", "new");

    mirror.sync();

    assertThat(mirror.files()).hasSize(4).containsEntry("new.txt", "new");
    assertThat(staged).doesNotExist();
  }

  @Test
  void damagedLineOfTheJournalCostsNoFile() throws IOException {
    List<String> lines =
        List.of("", "null", "[]", "{\"local\":{}}", "{\"page\":1}", "{\"local\":{\"id\":");
    mirror.sync();
    for (String line : lines) {
      mirror.journal(line);
      mirror.drive.addFile("Work/new.txt", "after '" + line + "'");

      mirror.sync();

      assertThat(mirror.files()).hasSize(4).containsEntry("new.txt", "after '" + line + "'");
    }
  }

  @Test
  void bytesInTheJournalThatAreNotUtf8CostNoFile() throws IOException {
    mirror.sync();
    Path journal = mirror.directory.resolve(".latchkey/journal");
    byte[] before = Files.readAllBytes(journal);
    byte[] damaged = Arrays.copyOf(before, before.length + 2);
    damaged[before.length] = (byte) 0xff;
    damaged[before.length + 1] = '\n';
    Files.write(journal, damaged);

    mirror.sync();

    assertThat(mirror.files()).hasSize(3);
  }

  @Test
  void nameWithHalfASurrogatePairIsMirroredUnderAName() throws IOException {
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"b.txt\"", "\"b\\ud800.txt\"")).to("GET", "/delta"));

    mirror.sync();
    mirror.drive.addFile("Work/new.txt", "new");
    mirror.sync();

    assertThat(mirror.files())
        .isEqualTo(
            Map.of("a.txt", "a", "b\ufffd.txt", "b", "deep/er/c.txt", "c", "new.txt", "new"));
  }

  @Test
  void journalHoldsAnyName() throws IOException {
    Path file = directory.resolve("journal");
    DriveEntry half = new DriveEntry("1", "0", "half \ud800 \u2028 ü", false, "v");
    try (SyncJournal journal = new SyncJournal(file)) {
      journal.page(List.of(half), List.of(), "link");
    }

    try (SyncJournal journal = new SyncJournal(file)) {
      assertThat(journal.remote().values()).containsExactly(half);
    }
  }

  @Test
  void itemWithoutANameIsNotTakenForDeleted() throws IOException {
    mirror.sync();
    mirror.drive.addFile("Work/a.txt", "a, changed");
    mirror.there.server.fail(
        Fault.rewrite(body -> body.replace("\"name\":\"a.txt\",", "")).to("GET", "/delta"));

    mirror.sync();

    assertThat(mirror.files()).containsEntry("a.txt", "a");
  }

  private MirrorIncomplete incomplete() {
    return catchThrowableOfType(MirrorIncomplete.class, mirror::sync);
  }
}
