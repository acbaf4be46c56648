package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.examples.fixture.SignedInGraph;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSyncTest {

  @TempDir Path directory;
  private final List<String> told = new ArrayList<>();
  private SignedInGraph there;
  private FakeDrive drive;
  private Path mirror;

  @BeforeEach
  void start() {
    there = new SignedInGraph();
    drive = there.drive();
    mirror = directory.resolve("mirror");
    drive.addFile("Work/a.txt", "a");
    drive.addFile("Work/b.txt", "b");
    drive.addFile("Work/deep/er/c.txt", "c");
    drive.addFolder("Work/empty");
    drive.addFile("Elsewhere/d.txt", "d");
  }

  @AfterEach
  void stop() {
    there.close();
  }

  @Test
  void firstRunDownloadsEverythingAndTheSecondNothing() throws IOException {
    sync();

    assertThat(files()).isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "deep/er/c.txt", "c"));
    assertThat(mirror.resolve("empty")).isEmptyDirectory();
    int downloads = there.server.requests(Endpoint.DOWNLOAD).size();
    told.clear();
    sync();
    assertThat(told).isEmpty();
    assertThat(there.server.requests(Endpoint.DOWNLOAD)).hasSize(downloads);
  }

  @Test
  void onlyChangesAreDownloaded() throws IOException {
    sync();
    told.clear();
    drive.addFile("Work/a.txt", "a, changed");
    drive.addFile("Work/new.txt", "new");
    drive.delete("Work/b.txt");
    drive.delete("Work/empty");

    sync();

    assertThat(files())
        .isEqualTo(Map.of("a.txt", "a, changed", "new.txt", "new", "deep/er/c.txt", "c"));
    assertThat(mirror.resolve("empty")).doesNotExist();
    assertThat(told)
        .containsExactlyInAnyOrder("downloaded a.txt", "downloaded new.txt", "deleted b.txt");
  }

  @Test
  void movesInTheDriveAreMovesInTheMirror() throws IOException {
    sync();
    int downloads = there.server.requests(Endpoint.DOWNLOAD).size();
    drive.move("Work/deep", "Work/shallow");
    drive.move("Work/b.txt", "Work/shallow/b.txt");

    sync();

    assertThat(files())
        .isEqualTo(Map.of("a.txt", "a", "shallow/b.txt", "b", "shallow/er/c.txt", "c"));
    assertThat(mirror.resolve("deep")).doesNotExist();
    assertThat(there.server.requests(Endpoint.DOWNLOAD)).hasSize(downloads);
  }

  @Test
  void filesMaySwapPlaces() throws IOException {
    sync();
    drive.move("Work/a.txt", "Work/x.txt");
    drive.move("Work/b.txt", "Work/a.txt");
    drive.move("Work/x.txt", "Work/b.txt");

    sync();

    assertThat(files()).isEqualTo(Map.of("a.txt", "b", "b.txt", "a", "deep/er/c.txt", "c"));
  }

  @Test
  void folderThatMovesInBringsItsContents() throws IOException {
    sync();
    drive.move("Elsewhere", "Work/Elsewhere");

    sync();

    assertThat(files()).containsEntry("Elsewhere/d.txt", "d");
  }

  @Test
  void locallyChangedFileIsSetAsideWhenTheDriveChangesIt() throws IOException {
    sync();
    Files.writeString(mirror.resolve("a.txt"), "my work of a day");
    drive.addFile("Work/a.txt", "the others' work");

    sync();

    assertThat(files())
        .containsEntry("a.txt", "the others' work")
        .containsEntry("a (kept 1).txt", "my work of a day");
  }

  @Test
  void locallyChangedFileStaysWhenTheDriveDeletesOrMovesIt() throws IOException {
    sync();
    Files.writeString(mirror.resolve("a.txt"), "my work of a day");
    Files.writeString(mirror.resolve("b.txt"), "and of another");
    drive.delete("Work/a.txt");
    drive.move("Work/b.txt", "Work/c.txt");

    sync();

    assertThat(files())
        .containsEntry("a.txt", "my work of a day")
        .containsEntry("b.txt", "and of another")
        .containsEntry("c.txt", "b");
  }

  @Test
  void locallyAddedFileIsNeverOverwritten() throws IOException {
    Files.createDirectories(mirror.resolve("deep"));
    Files.writeString(mirror.resolve("a.txt"), "mine");
    Files.writeString(mirror.resolve("deep/er"), "a file where a folder comes");

    sync();

    assertThat(files())
        .containsEntry("a.txt", "a")
        .containsEntry("a (kept 1).txt", "mine")
        .containsEntry("deep/er (kept 1)", "a file where a folder comes")
        .containsEntry("deep/er/c.txt", "c");
  }

  @ParameterizedTest
  @CsvSource({
    "delete, false",
    "delete, true",
    "rename, false",
    "rename, true",
    "move, false",
    "move, true"
  })
  void whatSomebodyPutInThePlaceOfAFolderStaysWhenThatGoes(String way, boolean link)
      throws IOException {
    sync();
    Path place = mirror.resolve("empty");
    Files.delete(place);
    if (link) {
      Files.createSymbolicLink(place, directory);
    } else {
      Files.writeString(place, "mine");
    }
    switch (way) {
      case "delete" -> drive.delete("Work/empty");
      case "rename" -> drive.move("Work/empty", "Work/hollow");
      default -> drive.move("Work/empty", "Elsewhere/empty");
    }

    sync();

    assertThat(Files.isSymbolicLink(place)).isEqualTo(link);
    assertThat(Files.isRegularFile(place)).isNotEqualTo(link);
  }

  @Test
  void whatSomebodyPutInThePlaceOfAFolderWithFilesStaysWhenTheDriveDeletesThem()
      throws IOException {
    sync();
    Files.delete(mirror.resolve("deep/er/c.txt"));
    Files.delete(mirror.resolve("deep/er"));
    Files.delete(mirror.resolve("deep"));
    Files.writeString(mirror.resolve("deep"), "mine");
    drive.delete("Work/deep");

    sync();

    assertThat(files()).isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "deep", "mine"));
  }

  @Test
  void locallyDeletedFileIsDownloadedAgain() throws IOException {
    sync();
    Files.delete(mirror.resolve("a.txt"));

    sync();

    assertThat(files()).containsEntry("a.txt", "a");
  }

  @Test
  void aTouchedFileIsNotDownloadedAgainWhileTheDriveIsUnchanged() throws IOException {
    sync();
    Files.setLastModifiedTime(mirror.resolve("a.txt"), FileTime.fromMillis(1_000_000));
    told.clear();

    sync();

    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resyncChangesApplyDifferences", "resyncChangesUploadDifferences"})
  void expiredLinkRestartsWithoutDownloadingUnchangedFiles(String code) throws IOException {
    sync();
    drive.expireDeltaTokens(code);
    drive.delete("Work/b.txt");
    drive.addFile("Work/new.txt", "new");
    told.clear();

    sync();

    assertThat(files()).isEqualTo(Map.of("a.txt", "a", "new.txt", "new", "deep/er/c.txt", "c"));
    assertThat(told).containsExactlyInAnyOrder("downloaded new.txt", "deleted b.txt");
  }

  @Test
  void mirrorOfAnotherFolderIsLeftAlone() throws IOException {
    sync();
    var other =
        new FolderSync(
            there.graph.drives().mine(), ItemRef.path("Elsewhere"), mirror, (what, path) -> {});

    assertThatThrownBy(other::run).isInstanceOf(IllegalArgumentException.class);

    assertThat(files()).containsEntry("a.txt", "a").doesNotContainKey("d.txt");
  }

  @Test
  void rootMayBeMirrored() throws IOException {
    new FolderSync(there.graph.drives().mine(), ItemRef.root(), mirror, (what, path) -> {}).run();

    assertThat(files()).containsEntry("Work/a.txt", "a").containsEntry("Elsewhere/d.txt", "d");
  }

  @Test
  void anInterruptedRunIsCompletedByTheNext() throws IOException {
    for (int i = 0; i < 30; i++) {
      drive.addFile("Work/many/" + i + ".txt", "number " + i);
    }
    there.server.fail(Fault.status(401).always().onRequest(10).to(Endpoint.GRAPH));
    assertThatThrownBy(this::sync).isInstanceOf(TokenRejected.class);
    there.server.clearFaults();
    int before = files().size();

    sync();

    assertThat(files()).hasSize(33);
    assertThat(before).isLessThan(33);
  }

  @Test
  void fileThatMayNotBeDownloadedIsReportedAndTheOthersArrive() throws IOException {
    there.server.fail(
        Fault.status(403).always().to("GET", "/" + drive.itemId("Work/a.txt") + "/content$"));

    assertThatThrownBy(this::sync)
        .isInstanceOf(MirrorIncomplete.class)
        .hasCauseInstanceOf(Forbidden.class);

    assertThat(files()).isEqualTo(Map.of("b.txt", "b", "deep/er/c.txt", "c"));
    assertThat(told).endsWith("left out a.txt");
    there.server.clearFaults();
    sync();
    assertThat(files()).containsEntry("a.txt", "a");
  }

  @Test
  void nameThatLeadsOutOfTheMirrorIsReportedAndTheOthersArrive() throws IOException {
    there.server.fail(
        Fault.rewrite(body -> body.replace("\"b.txt\"", "\"..\\\\b.txt\"")).to("GET", "/delta"));

    assertThatThrownBy(this::sync).isInstanceOf(MirrorIncomplete.class);
    told.clear();
    assertThatThrownBy(this::sync).isInstanceOf(MirrorIncomplete.class);

    assertThat(files()).isEqualTo(Map.of("a.txt", "a", "deep/er/c.txt", "c"));
    assertThat(told).containsExactly("left out ..\\b.txt");
  }

  private void sync() {
    new FolderSync(
            there.graph.drives().mine(),
            ItemRef.path("Work"),
            mirror,
            (what, path) -> told.add(what + " " + path))
        .run();
  }

  /** All files of the mirror without its own directory. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(mirror)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(mirror)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = mirror.relativize(file).toString().replace('\\', '/');
        if (!path.startsWith(".latchkey/")) {
          files.put(path, Files.readString(file, StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }
}
