package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.keyring.fixture.HastyTime;
import dev.latchkey.keyring.fixture.KeePassXc;
import dev.latchkey.keyring.fixture.KeyringOpener;
import dev.latchkey.keyring.fixture.KilledWriters;
import dev.latchkey.keyring.internal.backend.SecretServiceHost;
import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.contract.TokenStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A KeePassXC that confirms nothing. {@link SecretServicesTest} has the races and the restart. */
@Tag("daemons")
@Timeout(300)
class KeePassXcContractTest extends TokenStoreContract {

  private static KeePassXc keepass;

  @TempDir private Path locks;

  private final String service = "test-" + UUID.randomUUID();

  @BeforeAll
  static void logIn() throws Exception {
    keepass = KeePassXc.startWithoutSaving();
  }

  @AfterAll
  static void logOut() throws Exception {
    if (keepass != null) {
      keepass.close();
    }
  }

  /** Without the pauses between changes: this one does not save. */
  @Override
  protected TokenStore open() {
    return open(location());
  }

  private TokenStore open(String location) {
    Duration limit = Duration.ofSeconds(20);
    return KeyringOpener.builder(location)
        .callLimit(limit)
        .open(() -> new SecretServiceHost(limit), locks, Duration.ofMillis(500), new HastyTime());
  }

  @Test
  @Tag("processes")
  void writersThatAreKilledLeaveWholeRecords() throws Exception {
    KilledWriters.leaveWholeRecords(location(), 2);
  }

  /** As where a second database is opened, or the alias of the default collection is moved. */
  @Test
  void sessionsAreFoundInTheirDatabaseAndThoseOfAnotherOneAreTold() throws Exception {
    try (KeePassXc own =
        KeePassXc.startWithoutSaving()) { // the others stay with the first database
      String location = KeyringOpener.location(own.session(), service);
      try (TokenStore store = open(location)) {
        assertThat(store.write("account", "content", null)).isNotNull();
      }

      own.openAnother();

      try (TokenStore store = open(location)) {
        assertThat(store.keys()).containsExactly("account");
        assertThat(store.description()).endsWith("entries of " + service);
      }
      own.session().store(service, "an account");
      try (TokenStore store = open(location)) {
        assertThat(store.keys()).as("in the default collection").isEmpty();
        assertThat(store.description())
            .endsWith(service + " in the default collection, not those in another one");
      }
    }
  }

  private String location() {
    return KeyringOpener.location(keepass.session(), service);
  }
}
