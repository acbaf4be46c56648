package dev.latchkey.graph.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What its entries mean, OutboxTest tests; here, whose they are. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class FileSendJournalTest {

  @TempDir Path directory;

  /** Taken for absent, it would send the mail a second time; believed, it would send none. */
  @Test
  void entryThatOthersMayWriteIsNeitherBelievedNorTakenForAbsent() throws Exception {
    SendJournal journal = SendJournal.in(directory);
    assertThat(journal.replace("key", null, "sent")).isTrue();
    Path entry = entry();
    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> journal.read("key"))
        .isInstanceOf(UncheckedIOException.class)
        .hasStackTraceContaining(entry + " can be opened by other users");
    assertThatThrownBy(() -> journal.replace("key", "sent", "again"))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(entry).hasContent("sent");
  }

  @Test
  void pipeInThePlaceOfAnEntryOrTheLockDoesNotHang() throws Exception {
    SendJournal journal = SendJournal.in(directory);
    journal.replace("key", null, "sent");
    for (Path path : new Path[] {entry(), directory.resolve("lock")}) {
      Files.delete(path);
      assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }

    assertThatThrownBy(() -> journal.read("key"))
        .hasStackTraceContaining(entry() + " is not a regular file");
    assertThatThrownBy(() -> journal.replace("key", "sent", "again"))
        .hasStackTraceContaining(directory.resolve("lock") + " is not a regular file");
  }

  private Path entry() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }
}
