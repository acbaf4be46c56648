package dev.latchkey.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.file.CurrentUser;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others made, changed or put in the place of a file of the store. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class UntrustedFileTest {

  private static final byte[] KEY = new byte[32];
  private static final int NOBODY = 65534;

  @TempDir Path temporary;

  private Path directory;
  private EncryptedFileTokenStore store;

  /** What may stand where a file should. To open a pipe for reading or writing alone blocks. */
  enum Kind {
    PIPE {
      @Override
      void make(Path path) throws Exception {
        run("mkfifo", path.toString());
      }
    },
    SOCKET {
      @Override
      void make(Path path) throws Exception {
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          listener.bind(UnixDomainSocketAddress.of(path)); // the file stays when it is closed
        }
      }
    },
    DEVICE {
      @Override
      void make(Path path) throws Exception {
        assumeTrue(isRoot(), "only root makes devices");
        run("mknod", path.toString(), "c", "1", "5"); // as /dev/zero, which has no end
      }
    },
    DIRECTORY {
      @Override
      void make(Path path) throws Exception {
        Files.createDirectory(path);
      }
    };

    abstract void make(Path path) throws Exception;
  }

  @BeforeEach
  void open() {
    directory = temporary.resolve("tokens");
    store = EncryptedFileTokenStore.open(directory, KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-rw-", "rw--w----", "rw----r--"})
  void recordThatOthersMayOpenIsRejected(String mode) throws Exception {
    Path record = write();
    Files.setPosixFilePermissions(record, PosixFilePermissions.fromString(mode));

    assertThatNothingTouches(record, "can be opened by other users", "Run: chmod 600 " + record);

    Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-------"));
    assertThat(requireNonNull(store.read("account")).content()).isEqualTo("x");
  }

  @Test
  void recordOfAnotherUserIsRejected() throws Exception {
    Path record = write();
    giveAway(record);

    assertThatNothingTouches(
        record,
        "belongs to ",
        "Run this program as the owner of " + record + ", or choose another directory.");
  }

  @Test
  void lockOfAnotherUserIsRejected() throws Exception {
    write();
    Path lock = file("lock");
    giveAway(lock);

    TokenStoreFailure failure = failureOf(() -> store.write("account", "y", null));

    assertThat(failure).hasMessageContaining(lock + " belongs to ");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFileInThePlaceOfARecordIsRejectedAtOnce(Kind kind) throws Exception {
    Path record = file("record");
    kind.make(record);

    for (ThrowingCallable call : calls()) {
      assertThatItIsNoFile(record, failureOf(call));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFileInThePlaceOfALockIsRejectedAtOnce(Kind kind) throws Exception {
    kind.make(file("lock"));
    kind.make(file("lease"));

    TokenStoreFailure written = failureOf(() -> store.write("account", "x", null));
    TokenStoreFailure leased = failureOf(() -> store.lease("account", Duration.ofDays(1)));

    assertThatItIsNoFile(file("lock"), written);
    assertThatItIsNoFile(file("lease"), leased);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFileInThePlaceOfATemporaryFileIsDeletedAsALeftover(Kind kind) throws Exception {
    kind.make(file("tmp"));

    assertThat(store.write("account", "x", null)).isNotNull();
    assertThat(file("tmp")).doesNotExist();
  }

  @Test
  void fullDirectoryInThePlaceOfATemporaryFileIsNamed() throws Exception {
    Path full = Files.createDirectories(file("tmp").resolve("full")).getParent();

    TokenStoreFailure failure = failureOf(() -> store.write("account", "x", null));

    assertThat(failure.remedy()).isEqualTo("Remove the directory " + full + ".");
  }

  private Path write() {
    assertThat(store.write("account", "x", null)).isNotNull();
    return file("record");
  }

  private Path file(String suffix) {
    return directory.resolve("latchkey-account." + suffix);
  }

  private ThrowingCallable[] calls() {
    return new ThrowingCallable[] {
      () -> store.read("account"),
      () -> store.write("account", "y", null),
      () -> store.delete("account", "some version"),
      () -> store.prepareWrite("account", 10)
    };
  }

  private void assertThatNothingTouches(Path record, String problem, String remedy)
      throws IOException {
    byte[] before = Files.readAllBytes(record);
    for (ThrowingCallable call : calls()) {
      TokenStoreFailure failure = failureOf(call);
      assertThat(failure).hasMessageContaining(record + " " + problem);
      assertThat(failure.remedy()).isEqualTo(remedy);
    }
    assertThat(record).hasBinaryContent(before);
  }

  private static void assertThatItIsNoFile(Path path, TokenStoreFailure failure) {
    assertThat(failure).hasMessage(path + " is not a regular file.");
    assertThat(failure.remedy()).isEqualTo("Remove " + path + ".");
  }

  private static TokenStoreFailure failureOf(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).as("nothing failed").isNotNull();
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    return failure;
  }

  private static void giveAway(Path path) throws IOException {
    assumeTrue(isRoot(), "only root can give a file to another user");
    Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isRoot() throws IOException {
    return CurrentUser.get().getName().equals("root");
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }
}
