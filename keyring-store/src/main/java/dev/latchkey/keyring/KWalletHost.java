package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.keyring.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** KWallet of KDE Plasma 5: its local wallet, used while it is open. */
final class KWalletHost extends BusHost {

  private static final String PATH = "/modules/kwalletd5";
  private static final String TYPE = "org.kde.KWallet";

  /** They print whole messages at DEBUG or TRACE, and those to KWallet are not encrypted. */
  private static final List<Logger> TALKATIVE =
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
    try {
      String wallet = wallet(owner);
      // the name under which java-keyring has opened it, so that nobody is asked again
      Object handle = bus().ask(owner, PATH, TYPE, "open", "sxs", wallet, 0L, service)[0];
      bus().tell(owner, PATH, TYPE, "sync", "is", handle, service);
      requireOpen(owner); // answered in turn, so it has synced
    } catch (Refused e) {
      throw new IllegalStateException("KWallet went away.", e);
    }
  }

  /** java-keyring's connection is shared in the JVM, and one that it failed with stays so. */
  @Override
  public PlainKeyring open() throws BackendNotSupportedException {
    try {
      return super.open();
    } catch (BackendNotSupportedException e) {
      try {
        DBusConnection shared = DBusConnectionBuilder.forSessionBus().build();
        shared.disconnect(); // ours
        shared.disconnect(); // the one that was left
      } catch (DBusException gone) {
        e.addSuppressed(gone);
      }
      throw e;
    }
  }

  @Override
  public boolean hasOwnConnections() {
    return false;
  }

  /** KWallet shows its dialog when a wallet is opened, and answers when that is done. */
  @Override
  public void unlock(Duration limit) {
    String owner = owner();
    if (isOpen(owner)) {
      return;
    }
    try (SessionBus patient = SessionBus.connect(limit)) {
      String wallet = wallet(owner);
      patient.ask(owner, PATH, TYPE, "open", "sxs", wallet, 0L, "Latchkey");
      // held here too, or it might close with the connection that opened it
      bus().ask(owner, PATH, TYPE, "open", "sxs", wallet, 0L, "Latchkey");
    } catch (Refused e) {
      throw Failures.refused(backend(), null, e);
    }
    requireOpen(owner);
  }
}
