package dev.latchkey.store;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Root ignores file modes, so each test also uses a fault that stops root. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the ways to make a directory fail are Linux's")
class UnwritableDirectoryTest {

  private static final byte[] KEY = new byte[32];

  @TempDir Path temporary;

  /** The directory of the process's threads, in which no user can create a file. */
  @Test
  void anUnwritableDirectoryIsATypedFailureForRootToo() {
    Path tasks = Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "task");
    var store = EncryptedFileTokenStore.open(tasks, KEY);

    TokenStoreFailure written = failureOf(() -> store.write("account", "x", null));
    TokenStoreFailure prepared = failureOf(() -> store.prepareWrite("account", 1));
    TokenStoreFailure leased = failureOf(() -> store.lease("account", Duration.ZERO).close());

    assertThat(store.read("account")).isNull();
    for (TokenStoreFailure failure : new TokenStoreFailure[] {written, prepared, leased}) {
      assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
      assertThat(failure.remedy()).contains(tasks.toString());
    }
  }

  @Test
  void aReadOnlyDirectoryCanBeReadAndFailsOnWriting() throws Exception {
    Path directory = temporary.resolve("tokens");
    EncryptedFileTokenStore.open(directory, KEY).write("account", "x", null);

    try (AutoCloseable readOnly = makeReadOnly(directory)) {
      assertThat(readOnly).isNotNull();
      var store = EncryptedFileTokenStore.open(directory, KEY);
      StoredRecord record = requireNonNull(store.read("account"));
      TokenStoreFailure written = failureOf(() -> store.write("account", "y", record.version()));
      TokenStoreFailure deleted = failureOf(() -> store.delete("account", record.version()));
      TokenStoreFailure prepared = failureOf(() -> store.prepareWrite("account", 1));

      assertThat(store.read("account")).isEqualTo(record);
      for (TokenStoreFailure failure : new TokenStoreFailure[] {written, deleted, prepared}) {
        assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(failure.remedy()).startsWith("Make the directory " + directory + " writable");
      }
    }
  }

  @Test
  void aFullDiskKeepsTheOldRecordAndSaysWhatToFree() throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("small"));
    boolean mounted =
        succeeds("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", directory.toString());
    // EncryptedFileTokenStoreFaultsTest injects the same fault, and always runs
    assumeTrue(mounted, "only root can mount a small tmpfs");
    try {
      var store = EncryptedFileTokenStore.open(directory, KEY);
      String version = store.write("account", "old", null);
      assertThat(version).isNotNull();

      TokenStoreFailure prepared = failureOf(() -> store.prepareWrite("account", 100_000));
      TokenStoreFailure written =
          failureOf(() -> store.write("account", "y".repeat(100_000), version));

      for (TokenStoreFailure failure : new TokenStoreFailure[] {prepared, written}) {
        assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(failure.remedy())
            .isEqualTo("Free some space on the file system of " + directory + ".");
      }
      assertThat(store.read("account")).isEqualTo(new StoredRecord("old", version));
      assertThat(store.write("account", "small", version)).isNotNull();
    } finally {
      assertThat(succeeds("umount", directory.toString())).isTrue();
    }
  }

  private static AutoCloseable makeReadOnly(Path directory) throws IOException {
    String path = directory.toString();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
    if (!Files.isWritable(directory)) {
      return () ->
          Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
    if (succeeds("chattr", "+i", path)) {
      return () -> assertThat(succeeds("chattr", "-i", path)).isTrue();
    }
    boolean mounted =
        succeeds("mount", "--bind", path, path) && succeeds("mount", "-o", "remount,ro,bind", path);
    assumeTrue(mounted, "root that may neither chattr +i nor mount has no read-only directory");
    return () -> assertThat(succeeds("umount", path)).isTrue();
  }

  private static boolean succeeds(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TokenStoreFailure failureOf(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).as("nothing failed").isNotNull();
    return failure;
  }
}
