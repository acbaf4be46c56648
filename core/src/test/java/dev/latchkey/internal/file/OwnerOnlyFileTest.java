package dev.latchkey.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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

    assertThat(OwnerOnlyFile.readIfTrusted(file)).asString(UTF_8).isEqualTo("new");
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
    assertThat(OwnerOnlyFile.readIfTrusted(file)).isNull();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
  void fileThatOthersMayWriteIsNull() throws IOException {
    OwnerOnlyFile.write(file, "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));

    assertThat(OwnerOnlyFile.readIfTrusted(file)).isNull();
  }

  @Test
  void atMost64KibibytesAreRead() throws IOException {
    OwnerOnlyFile.write(file, "x".repeat(100_000));

    assertThat(OwnerOnlyFile.readIfTrusted(file)).hasSize(1 << 16);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link wants a privilege")
  void symbolicLinkIsNull() throws IOException {
    OwnerOnlyFile.write(file, "{}");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThat(OwnerOnlyFile.readIfTrusted(link)).isNull();
  }

  @Test
  void fileThatIsReplacedAllTheTimeIsReadWhole() throws IOException {
    OwnerOnlyFile.write(file, "x".repeat(9));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> writer =
        CompletableFuture.supplyAsync(
            () -> {
              int writes = 0;
              for (; writes == 0 || !done.get(); writes++) {
                replace();
              }
              return writes;
            });

    try {
      for (int i = 0; i < 300; i++) {
        assertThat(OwnerOnlyFile.read(file, 100)).hasSize(9);
      }
    } finally {
      done.set(true);
    }
    assertThat(writer.join()).isPositive();
  }

  /** Without a sync, so that many replacements meet a read. */
  private void replace() {
    try {
      Path fresh = directory.resolve("fresh");
      OwnerOnlyFile.create(fresh).close();
      Files.writeString(fresh, "y".repeat(9));
      OwnerOnlyFile.replace(fresh, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void openOrCreateOpensWhatItCreated() throws IOException {
    OwnerOnlyFile.openOrCreate(file).close();
    Object created = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

    OwnerOnlyFile.openOrCreate(file).close();

    assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey()).isEqualTo(created);
  }

  @Test
  void syncOfWhatIsNoDirectoryOpensNothing() throws IOException {
    OwnerOnlyFile.write(file, "x");

    assertThatThrownBy(() -> OwnerOnlyFile.sync(file)).isInstanceOf(NotDirectoryException.class);
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
