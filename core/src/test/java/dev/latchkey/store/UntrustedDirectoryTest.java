package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.file.CurrentUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions")
class UntrustedDirectoryTest {

  private static final byte[] KEY = new byte[32];
  private static final int NOBODY = 65534;
  private static final int STRANGER = 64321;

  @TempDir Path temporary;

  @Test
  void filesOfTheStoreAreForTheOwnerOnly() throws Exception {
    Path directory = temporary.resolve("state/app/tokens");

    var store = EncryptedFileTokenStore.open(directory, KEY);
    store.write("account", "x", null);
    store.lease("account", Duration.ZERO).close();

    Set<String> modes = new TreeSet<>();
    try (Stream<Path> made = Files.walk(temporary.resolve("state"))) {
      for (Path path : made.toList()) {
        modes.add(
            (Files.isDirectory(path) ? "d" : "-")
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    assertThat(modes).containsExactly("-rw-------", "drwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void aDirectoryInWhichOthersMayWriteIsRejected(String mode) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode));

    TokenStoreFailure failure = failureOf(() -> EncryptedFileTokenStore.open(temporary, KEY));

    assertThat(failure.remedy()).isEqualTo("Run: chmod 700 " + temporary);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aDirectoryOpenedToOthersLaterIsNoLongerWritten() throws Exception {
    var store = EncryptedFileTokenStore.open(temporary, KEY);
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));

    failureOf(() -> store.write("account", "x", null));

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void aDirectoryOpenedToOthersLaterIsNoLongerRead() throws Exception {
    var store = EncryptedFileTokenStore.open(temporary, KEY);
    store.write("account", "x", null);
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));

    TokenStoreFailure read = failureOf(() -> store.read("account"));
    TokenStoreFailure listed = failureOf(store::keys);

    assertThat(read.remedy()).isEqualTo("Run: chmod 700 " + temporary);
    assertThat(listed.remedy()).isEqualTo(read.remedy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void aDirectoryThatOthersMayReplaceIsRejected(String mode) throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    giveToAnotherGroup(shared);
    assumeTrue(mode.endsWith("w-") || mode.endsWith("wx") || !isOfOwnGroup(shared), "own group");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(mode));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), shared);

    for (Path above : new Path[] {shared, link}) {
      Path directory = above.resolve("app/tokens");
      TokenStoreFailure failure = failureOf(() -> EncryptedFileTokenStore.open(directory, KEY));

      assertThat(failure)
          .hasMessage(
              directory + " can be replaced by other users, who may write in " + shared + ".");
      assertThat(failure.remedy()).startsWith("Run: chmod go-w " + shared + ",");
      assertThat(shared).isEmptyDirectory();
    }
  }

  @Test
  void aStoreThatOthersMayReplaceLaterIsNoLongerUsed() throws Exception {
    Path above = Files.createDirectory(temporary.resolve("above"));
    Path directory = above.resolve("tokens");
    var store = EncryptedFileTokenStore.open(directory, KEY);
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));

    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> store.read("account"),
            () -> store.write("account", "x", null),
            () -> store.lease("account", Duration.ZERO).close(),
            store::keys)) {
      assertThat(failureOf(use)).hasMessageContaining("may write in " + above);
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** A folder that a team shares, or a volume of a container: a lease alone guards no secret. */
  @ParameterizedTest
  @ValueSource(ints = {02775, 0777})
  void aLeaseIsAcquiredInADirectoryThatOthersMayReplace(int mode) throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    giveToAnotherGroup(shared);
    Files.setAttribute(shared, "unix:mode", mode);
    Path lock = shared.resolve("own/lock");

    FileLease.acquire(lock, Duration.ZERO).close();
    FileLease.acquire(lock, Duration.ZERO).close();

    assertThat(lock).isRegularFile();
  }

  @Test
  void aLeaseIsAcquiredBelowADirectoryOfAnotherUser() throws Exception {
    Path lock = ofAnotherUser("bob", STRANGER).resolve("alice/lock");

    FileLease.acquire(lock, Duration.ZERO).close();

    assertThat(lock).isRegularFile();
  }

  @Test
  void aDirectoryThatTheOwnerOfOneAboveMayReplaceIsRejected() throws Exception {
    Path bobs = ofAnotherUser("bob", STRANGER);
    Path directory = bobs.resolve("alice-store");

    TokenStoreFailure created = failureOf(() -> EncryptedFileTokenStore.open(directory, KEY));
    assertThat(bobs).isEmptyDirectory();
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    TokenStoreFailure found = failureOf(() -> EncryptedFileTokenStore.open(directory, KEY));

    assertThat(created)
        .hasMessage(
            directory + " can be replaced by " + Files.getOwner(bobs) + ", who owns " + bobs + ".");
    assertThat(found).hasMessage(created.getMessage());
  }

  /** In a sandbox, what belongs to root seems to belong to nobody. */
  @Test
  void aDirectoryBelowOneOfNobodyIsAccepted() throws Exception {
    Path above = ofAnotherUser("root", NOBODY);

    var store = EncryptedFileTokenStore.open(above.resolve("tokens"), KEY);

    assertThat(store.write("account", "x", null)).isNotNull();
  }

  /** Its owner can replace it, although nobody else can replace what is in {@code /tmp}. */
  @Test
  void aLinkOfAnotherUserIsNotFollowed() throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(shared.resolve("link"), real);
    giveTo(link, STRANGER);

    TokenStoreFailure failure =
        failureOf(() -> EncryptedFileTokenStore.open(link.resolve("tokens"), KEY));

    assertThat(failure).hasMessageContaining("who owns " + link);
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void aLinkToALinkThatOthersMayReplaceIsNotFollowed() throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path inner = Files.createSymbolicLink(shared.resolve("inner"), real);
    Path outer = Files.createSymbolicLink(temporary.resolve("outer"), inner);
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

    TokenStoreFailure failure =
        failureOf(() -> EncryptedFileTokenStore.open(outer.resolve("tokens"), KEY));

    assertThat(failure).hasMessageContaining("may write in " + shared);
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void aLinkThatOthersMayReplaceIsNotFollowed() throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(shared.resolve("link"), real);
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

    TokenStoreFailure failure =
        failureOf(() -> EncryptedFileTokenStore.open(link.resolve("tokens"), KEY));

    assertThat(failure).hasMessageContaining("may write in " + shared);
    assertThat(real).isEmptyDirectory();
  }

  /** As in {@code /tmp}. */
  @Test
  void aDirectoryBelowOneWithTheStickyBitIsAccepted() throws Exception {
    Path shared = Files.createDirectory(temporary.resolve("shared"));
    Files.setAttribute(shared, "unix:mode", 01777);

    var store = EncryptedFileTokenStore.open(shared.resolve("tokens"), KEY);

    assertThat(store.write("account", "x", null)).isNotNull();
  }

  /** Debian and Fedora create homes so, and a umask of 002 makes what is in them writable to it. */
  @Test
  void aDirectoryBelowOneOfTheUsersOwnGroupIsAccepted() throws Exception {
    Path own = Files.createDirectory(temporary.resolve("own"));
    assumeTrue(isOfOwnGroup(own), "the user has no group of the same name");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxr-x"));

    var store = EncryptedFileTokenStore.open(own.resolve("tokens"), KEY);

    assertThat(store.write("account", "x", null)).isNotNull();
  }

  @Test
  void aDirectoryOfSomebodyElseIsRejected() throws Exception {
    Path foreign = foreign();

    TokenStoreFailure failure = failureOf(() -> EncryptedFileTokenStore.open(foreign, KEY));

    assertThat(failure).hasMessageContaining(foreign + " belongs to ");
    assertThat(failure.remedy()).contains("as the owner of " + foreign);
  }

  @Test
  void aSymbolicLinkToADirectoryIsRejectedButOneAboveItIsNot() throws Exception {
    Path real = Files.createDirectories(temporary.resolve("real/tokens"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
    Path above = Files.createSymbolicLink(temporary.resolve("above"), real.getParent());

    TokenStoreFailure failure = failureOf(() -> EncryptedFileTokenStore.open(link, KEY));
    String version =
        EncryptedFileTokenStore.open(above.resolve("tokens"), KEY).write("account", "x", null);

    assertThat(failure).hasMessageContaining(link + " is a symbolic link");
    assertThat(version).isNotNull();
  }

  @Test
  void aFileInThePlaceOfTheDirectoryOrAboveItIsNamed() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));

    TokenStoreFailure there = failureOf(() -> EncryptedFileTokenStore.open(file, KEY));
    TokenStoreFailure above =
        failureOf(() -> EncryptedFileTokenStore.open(file.resolve("below"), KEY));

    assertThat(there).hasMessageContaining(file + " is not a directory");
    assertThat(above).hasMessageContaining(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"record", "lock", "tmp"})
  void aSymbolicLinkInThePlaceOfAFileIsNotFollowed(String suffix) throws Exception {
    Path target = Files.writeString(temporary.resolve("target"), "precious");
    var store = EncryptedFileTokenStore.open(temporary.resolve("tokens"), KEY);
    Path link =
        Files.createSymbolicLink(
            temporary.resolve("tokens").resolve("latchkey-account." + suffix), target);

    try {
      store.write("account", "x", null);
      assertThat(suffix).isEqualTo("tmp"); // a leftover, and deleted as such
    } catch (TokenStoreFailure refused) {
      assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE);
      assertThat(refused.remedy()).contains("Remove").contains(link.toString());
    }

    assertThat(target).hasContent("precious");
  }

  @Test
  void aLockFileThatOthersMayOpenIsRejected() throws Exception {
    Path lock = Files.createFile(temporary.resolve("lock"));
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--r--"));

    TokenStoreFailure failure = failureOf(() -> FileLease.acquire(lock, Duration.ZERO).close());

    assertThat(failure.remedy()).isEqualTo("Run: chmod 600 " + lock);
  }

  private Path ofAnotherUser(String name, int user) throws IOException {
    Path directory = Files.createDirectory(temporary.resolve(name));
    giveTo(directory, user);
    return directory;
  }

  private static void giveTo(Path path, int user) throws IOException {
    assumeTrue(CurrentUser.get().getName().equals("root"), "only root can give a file away");
    Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
  }

  private static void giveToAnotherGroup(Path path) throws IOException {
    if (CurrentUser.get().getName().equals("root")) {
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
  }

  private static boolean isOfOwnGroup(Path path) throws IOException {
    PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
    return found.group().getName().equals(found.owner().getName());
  }

  /** Root can give a directory to another user; others test with a directory of root. */
  private Path foreign() throws IOException {
    if (!CurrentUser.get().getName().equals("root")) {
      return Path.of("/").resolve("usr");
    }
    Path foreign = Files.createDirectory(temporary.resolve("foreign"));
    Files.setAttribute(foreign, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    return foreign;
  }

  private static TokenStoreFailure failureOf(ThrowingCallable call) {
    TokenStoreFailure failure = catchThrowableOfType(TokenStoreFailure.class, call);
    assertThat(failure).as("nothing failed").isNotNull();
    assertThat(failure.problem()).isEqualTo(Problem.UNAVAILABLE);
    return failure;
  }
}
