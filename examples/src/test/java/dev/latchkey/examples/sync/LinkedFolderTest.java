package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.examples.fixture.Mirror;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has moved a folder of the mirror elsewhere and left a symbolic link in its place. */
@DisabledOnOs(OS.WINDOWS)
class LinkedFolderTest {

  @TempDir Path directory;
  private Mirror mirror;
  private Path elsewhere;

  @BeforeEach
  void start() {
    mirror = new Mirror(directory.resolve("mirror"));
    mirror.drive.addFile("Work/deep/er/d.txt", "d");
    mirror.sync();
    elsewhere = directory.resolve("elsewhere");
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "deep/er"})
  void nothingIsDeletedThroughALink(String folder) throws IOException {
    link(folder);
    mirror.drive.delete("Work/deep/er/c.txt");

    mirror.sync();

    assertThat(elsewhere.resolve(folder.equals("deep") ? "er/c.txt" : "c.txt")).hasContent("c");
    assertThat(mirror.files()).isEqualTo(Map.of("a.txt", "a", "b.txt", "b", "deep/er/d.txt", "d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "deep/er"})
  void nothingIsDeletedThroughALinkWhenItsFolderIsGoneInTheDrive(String folder) throws IOException {
    link(folder);
    mirror.drive.delete("Work/" + folder);

    mirror.sync();

    assertThat(elsewhere.resolve(folder.equals("deep") ? "er/c.txt" : "c.txt")).hasContent("c");
    assertThat(Files.isSymbolicLink(mirror.directory.resolve(folder))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "deep/er"})
  void nothingIsWrittenThroughALink(String folder) throws IOException {
    link(folder);
    mirror.drive.addFile("Work/deep/er/c.txt", "c, changed");
    mirror.drive.addFile("Work/deep/er/new.txt", "new");

    mirror.sync();

    Path inner = folder.equals("deep") ? elsewhere.resolve("er") : elsewhere;
    assertThat(inner.resolve("c.txt")).hasContent("c");
    assertThat(inner.resolve("new.txt")).doesNotExist();
    assertThat(mirror.directory.resolve("deep/er/c.txt")).hasContent("c, changed");
    assertThat(mirror.directory.resolve("deep/er/new.txt")).hasContent("new");
    assertThat(Files.isSymbolicLink(mirror.directory.resolve(folder + " (kept 1)"))).isTrue();
  }

  @Test
  void nothingIsTakenFromBehindALink() throws IOException {
    link("deep");
    mirror.drive.move("Work/deep/er/c.txt", "Work/moved.txt");

    mirror.sync();

    assertThat(elsewhere.resolve("er/c.txt")).hasContent("c");
    assertThat(mirror.directory.resolve("moved.txt")).hasContent("c");
  }

  @Test
  void runThatWasKilledDoesNotFinishThroughALink() throws IOException {
    link("deep");
    Path staged = Files.writeString(mirror.directory.resolve(".latchkey/staging/x"), "late");
    mirror.journal(
        """
        {"local":{"id":"x","path":"deep/late.txt","version":"v","size":4,"modified":%d,\
        "from":".latchkey/staging/x"}}\
        """
            .formatted(Files.getLastModifiedTime(staged).toMillis()));

    mirror.sync();

    assertThat(elsewhere.resolve("late.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {".latchkey", ".latchkey/staging"})
  void linkInPlaceOfTheMirrorsOwnDirectoryIsRefusedByName(String own) throws IOException {
    link(own);
    mirror.drive.addFile("Work/new.txt", "new");
    long entries = entries();

    assertThatThrownBy(mirror::sync)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(mirror.directory.resolve(own) + " is not a directory");

    assertThat(entries()).isEqualTo(entries);
  }

  @Test
  void linkInPlaceOfTheJournalIsNotFollowed() throws IOException {
    link(".latchkey/journal");

    assertThatThrownBy(mirror::sync).isInstanceOf(UncheckedIOException.class);

    assertThat(elsewhere).isRegularFile();
  }

  private void link(String path) throws IOException {
    Path place = mirror.directory.resolve(path);
    Files.move(place, elsewhere, StandardCopyOption.ATOMIC_MOVE);
    Files.createSymbolicLink(place, elsewhere);
  }

  private long entries() throws IOException {
    try (var all = Files.walk(elsewhere)) {
      return all.count();
    }
  }
}
