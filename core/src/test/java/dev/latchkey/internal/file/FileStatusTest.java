package dev.latchkey.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Also as on Windows, where a file has an owner and no POSIX permissions. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files cannot be given to another user")
class FileStatusTest {

  private static final int NOBODY = 65534;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    file = Files.createFile(directory.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  @Test
  void withoutPermissionsAnOwnFileAndDirectoryAreAccepted() throws IOException {
    FileStatus status = FileStatus.withoutPermissions(file).requireFile();

    assertThat(status.owner()).isEqualTo(CurrentUser.get());
    assertThat(FileStatus.withoutPermissions(directory).requireDirectory().permissions()).isNull();
  }

  /** The system looked up the name of the owner at each look, seven times for each record. */
  @Test
  void ownerOfAnOwnFileIsNotLookedUpAgain() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    FileStatus status = FileStatus.of(file).requireFile();

    assertThat(status.owner()).isSameAs(CurrentUser.get());
    assertThat(status.permissions()).isEqualTo(OwnerOnlyFile.PERMISSIONS);
    assertThat(status.isSameFile(FileStatus.withoutPermissions(file))).isTrue();
    assertThat(FileStatus.of(directory).requireDirectory().isRegularFile()).isFalse();
  }

  @Test
  void fileOfAnotherUserIsRejectedWithItsOwnersName() throws IOException {
    Path foreign = foreign();
    String owner = Files.getOwner(foreign).getName();

    assertThatThrownBy(() -> FileStatus.of(foreign).requireFile())
        .isInstanceOf(UntrustedFile.class)
        .hasMessageContaining(foreign + " belongs to " + owner);
  }

  @Test
  void withoutPermissionsAFileOfAnotherUserIsRejected() throws IOException {
    Path foreign = foreign();

    assertThatThrownBy(() -> FileStatus.withoutPermissions(foreign).requireFile())
        .isInstanceOf(UntrustedFile.class)
        .hasMessageContaining(foreign + " belongs to ");
  }

  @Test
  void withoutPermissionsALinkAndADirectoryAreNoFiles() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThatThrownBy(() -> FileStatus.withoutPermissions(link).requireFile())
        .hasMessage(link + " is a symbolic link.");
    assertThatThrownBy(() -> FileStatus.withoutPermissions(directory).requireFile())
        .hasMessage(directory + " is not a regular file.");
    assertThatThrownBy(() -> FileStatus.withoutPermissions(file).requireDirectory())
        .hasMessage(file + " is not a directory.");
  }

  /** What an elevated process creates on Windows belongs to the group of the administrators. */
  @Test
  void onWindowsAFileOfAGroupIsTheUsersOwn() throws IOException {
    var group = Files.readAttributes(file, PosixFileAttributes.class).group();

    assertThat(CurrentUser.ownsOnWindows(group)).isTrue();
    assertThat(CurrentUser.ownsOnWindows(CurrentUser.get())).isTrue();
    assertThat(CurrentUser.ownsOnWindows(Files.getOwner(foreign()))).isFalse();
  }

  /** Root can give a file to another user; others test with a file of root. */
  private Path foreign() throws IOException {
    if (!CurrentUser.get().getName().equals("root")) {
      return Path.of("/etc/passwd");
    }
    Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    return file;
  }
}
