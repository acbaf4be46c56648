package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that forgets to close its store ends when main returns. */
@Timeout(120)
class ExitTest {

  private static final long LONGEST = 2_000;

  private @Nullable Session session;

  @TempDir Path directory;

  @AfterEach
  void logOut() throws Exception {
    if (session != null) {
      session.close();
    }
  }

  @Test
  void afterReading() throws Exception {
    session = Session.withGnomeKeyring();

    assertThat(run(location())).contains("read nothing");
  }

  @Test
  void withKWalletToo() throws Exception {
    session = Session.withKWallet();

    assertThat(run(location())).contains("read nothing");
  }

  /** Its connection belongs to the whole JVM, and a call on it is never answered. */
  @Test
  void afterKWalletAskedSomebodyWhoIsNotThere() throws Exception {
    session = Session.withKWallet();
    session.letKWalletAskForEachProgram();

    assertThat(run(location())).contains("failed TIMED_OUT");
  }

  @Test
  void afterFindingALockedKeyring() throws Exception {
    session = Session.withGnomeKeyring();
    session.lockGnomeKeyring();

    assertThat(run(location())).contains("failed LOCKED");
  }

  @Test
  void afterFindingAKeyringThatHangs() throws Exception {
    session = Session.withGnomeKeyring();
    Session.signal(session.daemon(), "STOP");

    assertThat(run(location())).contains("failed TIMED_OUT");
  }

  @Test
  void afterFindingNoKeyring() throws Exception {
    session = Session.withBusOnly();

    assertThat(run(location())).contains("failed UNAVAILABLE");
  }

  @Test
  void afterFindingNoBus() throws Exception {
    String location = "unix:path=" + directory.resolve("none") + "\t" + directory + "\tapp";

    assertThat(run(location)).contains("failed UNAVAILABLE");
  }

  /** As the README says to start it. */
  @Test
  void onTheModulePathToo() throws Exception {
    session = Session.withGnomeKeyring();
    String location = location();
    String reading = run(Child.startAsModule(StoreProgram.class, "forget", location));
    Session.signal(session.daemon(), "STOP");

    String hanging = run(Child.startAsModule(StoreProgram.class, "forget", location));

    assertThat(reading).contains("module dev.latchkey.keyring", "read nothing");
    assertThat(hanging).contains("failed TIMED_OUT");
  }

  private String location() {
    return RealOpener.location(Objects.requireNonNull(session), "test-" + UUID.randomUUID());
  }

  private static String run(String location) throws Exception {
    return run(Child.start(StoreProgram.class, "forget", location));
  }

  private static String run(Child started) throws Exception {
    try (Child child = started) {
      String output = child.end();
      long ended = System.currentTimeMillis();
      String last = output.lines().filter(line -> line.startsWith("main returns")).toList().get(0);
      long returned = Long.parseLong(last.substring("main returns ".length()));
      System.out.println("keyring exit: " + (ended - returned) + " ms after main returned");
      assertThat(ended - returned).isLessThan(LONGEST);
      return output;
    }
  }
}
