package dev.latchkey.graph.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.internal.json.Json;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartFileTest {

  private static final ContentVersion VERSION = new ContentVersion("\"1\"", 5);
  private static final DriveItem ITEM = DriveItem.fromJson(Json.object("{\"id\":\"1\"}"));

  @TempDir Path directory;
  private Path target;
  private Path part;

  @BeforeEach
  void name() {
    target = directory.resolve("f");
    part = directory.resolve("f.part");
  }

  @Test
  void downloadDoesNotDeleteAPartThatAppearedLater() throws Exception {
    try (PartFile first = open(target);
        PartFile second = open(target)) {
      first.begin(VERSION);
      write(first, "he");

      assertThatThrownBy(() -> second.begin(VERSION))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("another download");
      second.close();
      write(first, "llo");
      first.complete();
    }

    assertThat(target).hasContent("hello");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(target);
    }
  }

  /** The other process. */
  static final class Program {

    private Program() {}

    /** Exits with status 3 if the part is in use. */
    public static void main(String[] arguments) throws IOException {
      try (PartFile part = open(Path.of(arguments[0]))) {
        System.exit(part.have() > 0 ? 4 : 5);
      } catch (FileSystemException e) {
        System.exit(String.valueOf(e.getReason()).contains("another download") ? 3 : 6);
      }
    }
  }

  @Test
  void secondDownloadInTheProcessDoesNotUnlockThePartForOtherProcesses() throws Exception {
    try (PartFile first = open(target)) {
      first.begin(VERSION);
      write(first, "he");
      assertThatThrownBy(() -> open(target)).isInstanceOf(FileSystemException.class);

      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Program.class.getName(),
                  target.toString())
              .inheritIO()
              .start();

      assertThat(other.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(other.exitValue()).as("in use").isEqualTo(3);
    }
  }

  @Test
  void unlockedPartIsReplaced() throws Exception {
    try (PartFile file = open(target)) {
      Files.writeString(part, "left over");
      file.begin(VERSION);
      write(file, "hello");
      file.complete();
    }

    assertThat(target).hasContent("hello");
  }

  @Test
  void fileThatCameInThePlaceOfThePartDoesNotBecomeTheTarget() throws Exception {
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "hello");
      Path other = Files.writeString(directory.resolve("other"), "other");
      Files.delete(part);
      Files.move(other, part);

      assertThatThrownBy(file::complete).hasMessageContaining("another download");
      file.discard();
    }

    assertThat(target).doesNotExist();
    assertThat(part).hasContent("other");
  }

  @Test
  void closedSourceIsNotOpenedAgain() throws Exception {
    Files.writeString(target, "hello");
    SourceFile source = SourceFile.open(target);
    try (var region = source.open(0, 5)) {
      assertThat(region.read()).isEqualTo('h');
      source.close();

      assertThatThrownBy(region::read).isInstanceOf(ClosedChannelException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-rw-", "rw-r--r--"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void partThatOthersMayOpenIsBegunAnew(String mode) throws Exception {
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "evil");
    }
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(mode));

    try (PartFile file = open(target)) {
      assertThat(file.have()).isZero();
      file.begin(VERSION);
      write(file, "hello");
      file.complete();
    }

    assertThat(target).hasContent("hello");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no pipes among its files")
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void pipeInThePlaceOfThePartOrItsNoteIsReplaced() throws Exception {
    for (String name : List.of("f.part", "f.part.version")) {
      String pipe = directory.resolve(name).toString();
      assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    }

    try (PartFile file = open(target)) {
      assertThat(file.have()).isZero();
      file.begin(VERSION);
      write(file, "hello");
      file.complete();
    }

    assertThat(target).hasContent("hello");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its locks keep out the test as well")
  void bytesAreHashedAsTheyComeAndNotReadAgain() throws Exception {
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "he");
      Files.writeString(part, "HE", StandardOpenOption.WRITE);
      write(file, "llo");

      assertThat(file.fingerprint(ITEM).quickXorHash()).isEqualTo(hash("hello"));
    }
  }

  @Test
  void bytesOfAnEarlierProcessAreHashedFromTheFile() throws Exception {
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "he");
    }

    try (PartFile file = open(target)) {
      assertThat(file.have()).isEqualTo(2);
      write(file, "llo");

      assertThat(file.fingerprint(ITEM).quickXorHash()).isEqualTo(hash("hello"));
    }
  }

  @Test
  void lastByteThatIsFetchedAgainIsHashedOnce() throws Exception {
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "hello");
    }

    try (PartFile file = open(target)) {
      assertThat(file.have()).isEqualTo(4);
      write(file, "o");

      assertThat(file.fingerprint(ITEM).quickXorHash()).isEqualTo(hash("hello"));
    }
  }

  @Test
  void bytesAreHashedAnewAfterAnotherVersionBegan() throws Exception {
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "jel");
      file.begin(VERSION);
      write(file, "hello");

      assertThat(file.fingerprint(ITEM).quickXorHash()).isEqualTo(hash("hello"));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its locks keep out the test as well")
  void fileIsReadAgainForAHashThatGraphNamedOnlyLater() throws Exception {
    JsonObject json =
        Json.object(
            "{\"id\":\"1\",\"size\":5,\"file\":{\"hashes\":{\"sha256Hash\":"
                + "\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"}}}");
    try (PartFile file = open(target)) {
      file.begin(VERSION);
      write(file, "hello");

      assertThat(file.fingerprint(DriveItem.fromJson(json)).matches(DriveItem.fromJson(json)))
          .isTrue();
      Files.writeString(part, "jello", StandardOpenOption.WRITE);
    }
    try (PartFile file = open(target)) {
      write(file, "o");

      assertThat(file.fingerprint(DriveItem.fromJson(json)).matches(DriveItem.fromJson(json)))
          .isFalse();
    }
  }

  private static String hash(String text) {
    ContentFingerprint hash = new ContentFingerprint(null);
    hash.update(text.getBytes(UTF_8), text.length());
    return hash.quickXorHash();
  }

  private static PartFile open(Path target) throws IOException {
    return PartFile.open(target, ITEM);
  }

  private static void write(PartFile file, String text) throws IOException {
    file.write(text.getBytes(UTF_8), text.length());
  }
}
