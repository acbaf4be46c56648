package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The default place of the locks. Uses the home of the user who runs it, and tidies up. */
@Tag("daemons")
@Tag("processes")
@Timeout(120)
class LockDirectoryTest {

  private final String service = "test-" + UUID.randomUUID();
  private final Path place =
      KeyringTokenStoreBuilder.defaultLockDirectory(
              System.getProperty("os.name"), System.getProperty("user.home"))
          .resolve("keyring-" + service);
  private final List<Path> made = new ArrayList<>();
  private @Nullable DesktopSession session;

  @TempDir Path directory;

  @BeforeEach
  void logIn() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    for (Path path = place; path != null && !Files.exists(path); path = path.getParent()) {
      made.add(path);
    }
  }

  @AfterEach
  void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
    if (Files.exists(place)) {
      try (Stream<Path> files = Files.list(place)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    for (Path path : made) {
      deleteIfEmpty(path);
    }
  }

  private static void deleteIfEmpty(Path path) throws IOException {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException others) {
      // it has files of others
    }
  }

  @Test
  void processesWithDifferentEnvironmentsShareTheLock() throws Exception {
    String location =
        KeyringOpener.locationWithDefaultLocks(Objects.requireNonNull(session), service);

    try (StoreJvm first = start("one", location)) {
      first.await("done", 1);
      try (StoreJvm second = start("two", location)) {
        assertThat(second.end()).contains("failed LEASE_TIMEOUT");
      }
      first.say("end");
      assertThat(first.end()).contains("held");
    }
    try (StoreJvm third = start("three", location)) {
      third.say("end");
      assertThat(third.end()).contains("held");
    }
    try (Stream<Path> files = Files.list(place)) {
      List<Path> locks = files.toList();
      assertThat(locks).hasSize(1); // it remains
      assertThat(permissions(locks.get(0))).isEqualTo("rw-------");
      assertThat(permissions(place)).isEqualTo("rwx------");
    }
  }

  private StoreJvm start(String name, String location) throws IOException {
    Path own = Files.createDirectory(directory.resolve(name));
    Map<String, String> variables =
        Map.of(
            "HOME", own.toString(),
            "TMPDIR", own.toString(),
            "XDG_RUNTIME_DIR", own.toString(),
            "XDG_STATE_HOME", own.toString());
    return StoreJvm.start(variables, StoreProgram.class, "lease", location);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
