package dev.latchkey.keyring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A keyring that is a service on the session bus. */
abstract class BusHost implements Host {

  static final String SECRETS = "org.freedesktop.secrets";
  static final String KWALLET = "org.kde.kwalletd5";

  private final Duration limit;
  private @Nullable SessionBus bus;

  BusHost(Duration limit) {
    this.limit = limit;
  }

  /** The keyring that runs on the session bus, or that can be started. */
  static BusHost find(Duration limit) {
    try (SessionBus bus = SessionBus.connect(limit)) {
      String secrets = bus.ownerOrStarted(SECRETS);
      String kwallet = bus.owner(KWALLET);
      if (secrets != null && !secrets.equals(kwallet)) {
        return new SecretServiceHost(limit);
      }
      // kwalletd5 has the name of the Secret Service too, but not all of its protocol
      if (kwallet != null || bus.ownerOrStarted(KWALLET) != null) {
        return new KWalletHost(limit);
      }
      throw Failures.noService();
    }
  }

  static BusHost of(KeyringBackend backend, Duration limit) {
    return backend == KeyringBackend.KWALLET
        ? new KWalletHost(limit)
        : new SecretServiceHost(limit);
  }

  final SessionBus bus() {
    SessionBus open = bus;
    if (open != null && !open.isConnected()) {
      close();
      open = null;
    }
    if (open == null) {
      open = SessionBus.connect(limit);
      bus = open;
    }
    return open;
  }

  @Override
  public void close() {
    SessionBus open = bus;
    bus = null;
    if (open != null) {
      open.close();
    }
  }
}
