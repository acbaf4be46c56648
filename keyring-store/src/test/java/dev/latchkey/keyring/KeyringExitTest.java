package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keyring.fixture.DesktopSession;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.fixture.StoreJvm;
import dev.latchkey.keyring.fixture.StoreProgram;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that forgets to close its store exits when main returns. */
@Tag("daemons")
@Tag("processes")
@Timeout(120)
class KeyringExitTest {

  private static final long MAX_MILLIS = 2_000;

  private @Nullable DesktopSession session;

  @TempDir Path directory;

  @AfterEach
  void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @Test
  void afterReading() throws Exception {
    session = DesktopSession.withGnomeKeyring();

    assertThat(run(location())).contains("read nothing");
  }

  @Test
  void withKWalletToo() throws Exception {
    session = DesktopSession.withKWallet();

    assertThat(run(location())).contains("read nothing");
  }

  /** KWallet's connection belongs to the whole JVM, and a call on it is never answered. */
  @Test
  void afterKWalletShowedADialogThatIsNeverAnswered() throws Exception {
    session = DesktopSession.withKWallet();
    session.letKWalletAskForEachProgram();

    assertThat(run(location())).contains("failed TIMED_OUT");
  }

  @Test
  void afterFindingALockedKeyring() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    session.lockGnomeKeyring();

    assertThat(run(location())).contains("failed LOCKED");
  }

  @Test
  void afterFindingAKeyringThatHangs() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    DesktopSession.signal(session.daemon(), "STOP");

    assertThat(run(location())).contains("failed TIMED_OUT");
  }

  @Test
  void afterFindingNoKeyring() throws Exception {
    session = DesktopSession.withBusOnly();

    assertThat(run(location())).contains("failed UNAVAILABLE");
  }

  @Test
  void afterFindingNoBus() throws Exception {
    String location = "unix:path=" + directory.resolve("none") + "\t" + directory + "\tapp";

    assertThat(run(location)).contains("failed UNAVAILABLE");
  }

  /** No option of the JVM is needed for it. */
  @Test
  void onTheModulePathToo() throws Exception {
    session = DesktopSession.withGnomeKeyring();
    String location = location();
    String reading = run(StoreJvm.startAsModule(StoreProgram.class, "forget", location));
    DesktopSession.signal(session.daemon(), "STOP");

    String hanging = run(StoreJvm.startAsModule(StoreProgram.class, "forget", location));

    assertThat(reading).contains("module dev.latchkey.keyring", "read nothing");
    assertThat(hanging).contains("failed TIMED_OUT");
  }

  private String location() {
    return KeyringOpener.location(Objects.requireNonNull(session), "test-" + UUID.randomUUID());
  }

  private static String run(String location) throws Exception {
    return run(StoreJvm.start(StoreProgram.class, "forget", location));
  }

  private static String run(StoreJvm started) throws Exception {
    try (StoreJvm child = started) {
      String output = child.end();
      long ended = System.currentTimeMillis();
      String last = output.lines().filter(line -> line.startsWith("main returns")).toList().get(0);
      long returned = Long.parseLong(last.substring("main returns ".length()));
      System.out.println("keyring exit: " + (ended - returned) + " ms after main returned");
      assertThat(ended - returned).isLessThan(MAX_MILLIS);
      return output;
    }
  }
}
