package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import dev.latchkey.keyring.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** KWallet of KDE Plasma 5: its local wallet, used while it is open. */
final class KWalletHost extends BusHost {

  private static final String PATH = "/modules/kwalletd5";
  private static final String TYPE = "org.kde.KWallet";

  /** They print whole messages at DEBUG or TRACE, and those to KWallet are not encrypted. */
  static final List<Logger> TALKATIVE =
      List.of(
              "connections.impl.DBusConnection",
              "connections.IncomingMessageThread",
              "spi.message.InputStreamMessageReader",
              "spi.message.OutputStreamMessageWriter",
              "messages.Message",
              "messages.MethodCall",
              "messages.MethodReturn",
              "messages.MessageFactory",
              "Marshalling",
              "RemoteInvocationHandler")
          .stream()
          .map(name -> LoggerFactory.getLogger("org.freedesktop.dbus." + name))
          .toList();

  KWalletHost(Duration limit) {
    super(limit);
  }

  @Override
  public KeyringBackend backend() {
    return KeyringBackend.KWALLET;
  }

  @Override
  public String look() {
    for (Logger logger : TALKATIVE) {
      if (logger.isDebugEnabled()) {
        throw Failures.wouldLog(logger.getName());
      }
    }
    String owner = owner();
    requireOpen(owner);
    return owner;
  }

  private String owner() {
    String owner = bus().ownerOrStarted(KWALLET);
    if (owner == null) {
      throw Failures.noService();
    }
    return owner;
  }

  /** One that was closed asks for its password again: that is what is called locked elsewhere. */
  private boolean isOpen(String owner) {
    try {
      return Boolean.TRUE.equals(bus().ask(owner, PATH, TYPE, "isOpen", "s", wallet(owner))[0]);
    } catch (Refused e) {
      throw new IllegalStateException("KWallet went away.", e);
    }
  }

  private void requireOpen(String owner) {
    if (isOpen(owner)) {
      return;
    }
    try {
      boolean on = Boolean.TRUE.equals(bus().ask(owner, PATH, TYPE, "isEnabled", null)[0]);
      throw on ? Failures.locked(backend()) : Failures.switchedOff();
    } catch (Refused e) {
      throw new IllegalStateException("KWallet went away.", e);
    }
  }

  private String wallet(String owner) throws Refused {
    return String.valueOf(bus().ask(owner, PATH, TYPE, "localWallet", null)[0]);
  }

  /** It writes its file seconds later by itself; killed before, it would forget a new token. */
  @Override
  public void flush(String service) {
    String owner = owner();
    requireOpen(owner); // or a dialog would come
    int handle = open(bus(), owner, service);
    bus().tell(owner, PATH, TYPE, "sync", "is", handle, service);
    requireOpen(owner); // answered in turn, so it has synced
  }

  /** To whom it denies the wallet, it says that nothing is in there. */
  @Override
  public void confirmAbsent(String service) {
    String owner = owner();
    requireOpen(owner);
    open(bus(), owner, service);
  }

  /** Opens the wallet under the name that java-keyring opens it under: one grant is for both. */
  private int open(SessionBus bus, String owner, String service) {
    try {
      Object handle = bus.ask(owner, PATH, TYPE, "open", "sxs", wallet(owner), 0L, service)[0];
      if (handle instanceof Integer number && number >= 0) {
        return number;
      }
      throw isOpen(owner) ? Failures.denied() : Failures.locked(backend());
    } catch (Refused e) {
      throw new IllegalStateException("KWallet went away.", e);
    }
  }

  /**
   * java-keyring's connection is shared in the JVM, and one that it failed with stays so. This host
   * connects first, so that java-keyring does not meet what {@link Dialer} is for.
   */
  @Override
  public PlainKeyring open() throws BackendNotSupportedException {
    DBusConnection shared;
    try {
      shared = Dialer.shared();
    } catch (DBusException | RuntimeException e) {
      throw Failures.noBus(e);
    }
    try {
      return PlainKeyring.open(backend(), KWalletHost::close);
    } catch (BackendNotSupportedException e) {
      Leftovers.endIfLast(shared); // java-keyring's share
      throw e;
    } finally {
      Leftovers.endIfLast(shared);
    }
  }

  /** With one more share of the connection, java-keyring cannot fail to close the last one. */
  private static void close(Keyring keyring) throws Exception {
    DBusConnection shared;
    try {
      shared = Dialer.shared();
    } catch (DBusException | RuntimeException gone) {
      keyring.close();
      return;
    }
    keyring.close();
    Leftovers.endIfLast(shared);
  }

  @Override
  public boolean hasOwnConnections() {
    return false;
  }

  /** KWallet shows its dialog when a wallet is opened, and answers when that is done. */
  @Override
  public void unlock(String service, Duration limit) {
    String owner = owner();
    if (isOpen(owner)) {
      return;
    }
    try (SessionBus patient = SessionBus.connect(limit)) {
      open(patient, owner, service);
      open(bus(), owner, service); // or it might close with the connection that opened it
    }
    requireOpen(owner);
  }
}
