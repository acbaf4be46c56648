package dev.latchkey.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.fixture.FaultyFiles;
import dev.latchkey.fixture.FaultyFiles.Step;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncryptedFileTokenStoreFaultsTest {

  private static final byte[] KEY = new byte[32];

  @TempDir Path directory;

  private final FaultyFiles disk = new FaultyFiles();
  private EncryptedFileTokenStore store;
  private String version;

  @BeforeEach
  void writeOneRecord() {
    store = EncryptedFileTokenStore.open(directory, KEY, disk, Duration.ofSeconds(10));
    version = requireNonNull(store.write("account", "old", null));
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"READ", "CREATE", "REPLACE", "DELETE"})
  void aFaultBeforeTheRecordIsReplacedLeavesTheOldOne(Step step) {
    disk.breakStep(step, new FileSystemException("x", null, "some fault"));

    TokenStoreFailure failure = failureOf(() -> store.write("account", "new", version));

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("latchkey-account.record")
        .hasMessageContaining("some fault");
    assertThat(failure.remedy()).contains(directory.toString());
    disk.mend();
    assertThat(store.read("account")).isEqualTo(new StoredRecord("old", version));
    assertThat(store.write("account", "new", version)).isNotNull();
  }

  @Test
  void aFullDiskIsReportedAndLeavesTheOldRecord() {
    disk.breakStep(Step.CREATE, new FileSystemException("x", null, "No space left on device"));

    TokenStoreFailure failure = failureOf(() -> store.write("account", "new", version));
    TokenStoreFailure prepared = failureOf(() -> store.prepareWrite("account", 1));

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure.remedy()).startsWith("Free some space").contains(directory.toString());
    assertThat(prepared.remedy()).isEqualTo(failure.remedy());
    assertThat(store.read("account")).isEqualTo(new StoredRecord("old", version));
  }

  @Test
  void anUnreadableRecordNamesItsFile() {
    disk.breakStep(Step.READ, new AccessDeniedException("x"));

    TokenStoreFailure failure = failureOf(() -> store.read("account"));

    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(failure.remedy())
        .isEqualTo(
            "Give this user read and write permission on "
                + directory.resolve("latchkey-account.record")
                + ".");
  }

  @Test
  void aDirectoryThatFailsToSyncIsNotDurable() {
    disk.breakStep(Step.SYNC, new IOException("lost"));

    TokenStoreFailure written = failureOf(() -> store.write("account", "new", version));
    String now = requireNonNull(store.read("account")).version();
    TokenStoreFailure deleted = failureOf(() -> store.delete("account", now));

    assertThat(written.problem()).isEqualTo(Problem.NOT_DURABLE);
    assertThat(deleted.problem()).isEqualTo(Problem.NOT_DURABLE);
  }

  @Test
  void aFileSystemThatCannotSyncDirectoriesStillWorks() {
    disk.breakStep(Step.SYNC, new IOException("Invalid argument"));
    var other = EncryptedFileTokenStore.open(directory, KEY, disk, Duration.ofSeconds(10));

    assertThat(other.write("account", "new", version)).isNotNull();
  }

  @Test
  void aFailedMoveLeavesNoTemporaryFile() {
    disk.breakStep(Step.REPLACE, new IOException("busy"));

    failureOf(() -> store.write("account", "new", version));

    assertThat(directory.resolve("latchkey-account.tmp")).doesNotExist();
  }

  @Test
  void aPartialTemporaryFileDoesNotPreventAWrite() {
    disk.breakStep(Step.CREATE, new IOException("cut short"));
    failureOf(() -> store.write("account", "new", version));
    assertThat(Files.exists(directory.resolve("latchkey-account.tmp"))).isTrue();
    disk.mend();

    assertThat(store.write("account", "new", version)).isNotNull();

    assertThat(directory.resolve("latchkey-account.tmp")).doesNotExist();
  }

  private static TokenStoreFailure failureOf(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).as("nothing failed").isNotNull();
    return failure;
  }
}
