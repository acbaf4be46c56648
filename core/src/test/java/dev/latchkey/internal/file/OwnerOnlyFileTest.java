package dev.latchkey.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("note");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void writtenFileIsReadBackAndOpenToTheOwnerOnly() throws IOException {
    OwnerOnlyFile.write(file, "old");
    OwnerOnlyFile.write(file, "new");

    assertThat(OwnerOnlyFile.read(file)).asString(UTF_8).isEqualTo("new");
    assertThat(permissions()).isEqualTo("rw-------");
    assertThat(names()).containsExactly("note");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void createdFileIsOpenToTheOwnerOnly() throws IOException {
    try (FileChannel made = OwnerOnlyFile.create(file)) {
      assertThat(made.size()).isZero();
    }

    assertThat(permissions()).isEqualTo("rw-------");
  }

  @Test
  void createDoesNotOverwriteAnExistingFile() throws IOException {
    Files.writeString(file, "old");

    assertThatThrownBy(() -> OwnerOnlyFile.create(file, "new".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasContent("old");
  }

  @Test
  void interruptedWriteLeavesNoFile() throws IOException {
    Files.writeString(file, "old");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> OwnerOnlyFile.write(file, "new"))
        .isInstanceOf(ClosedByInterruptException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("note");
  }

  @Test
  void failedReplacementLeavesNoFile() throws IOException {
    Files.createDirectories(file.resolve("full"));

    assertThatThrownBy(() -> OwnerOnlyFile.write(file, "new")).isInstanceOf(IOException.class);

    assertThat(names()).containsExactly("note");
  }

  @Test
  void absentFileIsNull() throws IOException {
    assertThat(OwnerOnlyFile.read(file)).isNull();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void fileThatOthersMayWriteIsNull() throws IOException {
    OwnerOnlyFile.write(file, "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));

    assertThat(OwnerOnlyFile.read(file)).isNull();
  }

  @Test
  void atMost64KibibytesAreRead() throws IOException {
    OwnerOnlyFile.write(file, "x".repeat(100_000));

    assertThat(OwnerOnlyFile.read(file)).hasSize(1 << 16);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link wants a privilege")
  void symbolicLinkIsNull() throws IOException {
    OwnerOnlyFile.write(file, "{}");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThat(OwnerOnlyFile.read(link)).isNull();
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.map(each -> each.getFileName().toString()).toList().stream();
    }
  }
}
