package dev.latchkey.keyring;

import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.SharedTokenStoreContract;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens the keyring of a session in any process; a location is bus, locks and service. Without
 * locks, they are where they are by default.
 */
final class RealOpener implements SharedTokenStoreContract.Opener {

  /** For a machine on which much else goes on. */
  private static final Duration BUSY = Duration.ofSeconds(30);

  private static final String SEPARATOR = "\t";

  static String location(Session session, String service) {
    return location(session, session.home().resolve("locks").toString(), service);
  }

  static String locationWithUsualLocks(Session session, String service) {
    return location(session, "", service);
  }

  private static String location(Session session, String locks, String service) {
    return String.join(SEPARATOR, session.bus(), locks, service);
  }

  @Override
  public TokenStore open(String location) {
    return builder(location).callLimit(BUSY).open();
  }

  /** With the time limits that are usual. */
  static KeyringTokenStoreBuilder builder(String location) {
    String[] parts = location.split(SEPARATOR, -1);
    System.setProperty(Session.BUS_PROPERTY, parts[0]);
    KeyringTokenStoreBuilder builder = KeyringTokenStore.builder(parts[2]);
    if (!parts[1].isEmpty()) {
      builder.lockDirectory(Path.of(parts[1]));
    }
    return builder;
  }
}
