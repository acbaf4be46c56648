package dev.latchkey.keyring.internal.backend;

import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.KeyringUnavailable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A keyring that is a service on the D-Bus session bus. */
public abstract class SessionBusHost implements KeyringHost {

  public static final String SECRETS = "org.freedesktop.secrets";
  static final String KWALLET = "org.kde.kwalletd5";

  private final Duration limit;
  private volatile @Nullable SessionBus bus;

  SessionBusHost(Duration limit) {
    this.limit = limit;
  }

  /** The keyring that runs on the session bus, or that can be started; uses the same connection. */
  public static SessionBusHost find(Duration limit) {
    SessionBus bus = SessionBus.connect(limit);
    try {
      SessionBusHost host = on(bus, limit);
      host.bus = bus;
      return host;
    } catch (RuntimeException e) {
      bus.close();
      throw e;
    }
  }

  private static SessionBusHost on(SessionBus bus, Duration limit) {
    String secrets = bus.ownerOrStarted(SECRETS);
    String kwallet = bus.owner(KWALLET);
    if (secrets != null && !secrets.equals(kwallet)) {
      return new SecretServiceHost(limit);
    }
    // kwalletd5 owns the name of the Secret Service too, but does not speak all of its protocol
    if (kwallet != null || bus.ownerOrStarted(KWALLET) != null) {
      return new KWalletHost(limit);
    }
    throw absent(bus, SECRETS);
  }

  private static KeyringUnavailable absent(SessionBus bus, String name) {
    return bus.isFiltered(name) ? KeyringFailures.sandboxed() : KeyringFailures.noService();
  }

  public static SessionBusHost of(KeyringBackend backend, Duration limit) {
    return backend == KeyringBackend.KWALLET
        ? new KWalletHost(limit)
        : new SecretServiceHost(limit);
  }

  /** The unique name of the connection that owns a name, after starting the service if needed. */
  final String owner(String name) {
    String owner = bus().ownerOrStarted(name);
    if (owner == null) {
      throw absent(bus(), name);
    }
    return owner;
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
  public void connect() {
    var unused = bus();
  }

  @Override
  public void abort() {
    SessionBus open = bus;
    if (open != null) {
      open.close();
    }
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
