package dev.latchkey.keyring;

import dev.latchkey.store.TokenStore;
import dev.latchkey.testkit.SharedTokenStoreContract;
import java.nio.file.Path;

/** Opens the keyring of a session in any process; a location is bus, locks and service. */
final class RealOpener implements SharedTokenStoreContract.Opener {

  private static final String SEPARATOR = "\t";

  static String location(Session session, String service) {
    return String.join(
        SEPARATOR, session.bus(), session.home().resolve("locks").toString(), service);
  }

  @Override
  public TokenStore open(String location) {
    String[] parts = location.split(SEPARATOR, -1);
    System.setProperty(Session.BUS_PROPERTY, parts[0]);
    return KeyringTokenStore.builder(parts[2]).lockDirectory(Path.of(parts[1])).open();
  }
}
