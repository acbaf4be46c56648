package dev.latchkey.keyring.internal.backend;

import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** KWallet of KDE Plasma 5: its local wallet, used while it is open. */
public final class KWalletHost extends SessionBusHost {

  private static final String PATH = "/modules/kwalletd5";
  private static final String TYPE = "org.kde.KWallet";

  /** These print whole messages at DEBUG or TRACE; messages to KWallet are not encrypted. */
  public static final List<Logger> TALKATIVE =
      List.of(
              "spi.message.InputStreamMessageReader",
              "spi.message.OutputStreamMessageWriter",
              "messages.Message",
              "messages.MethodCall",
              "messages.MethodReturn",
              "messages.MessageFactory",
              "Marshalling")
          .stream()
          .map(name -> LoggerFactory.getLogger("org.freedesktop.dbus." + name))
          .toList();

  public KWalletHost(Duration limit) {
    super(limit);
  }

  @Override
  public KeyringBackend backend() {
    return KeyringBackend.KWALLET;
  }

  @Override
  public String probe(String service) {
    for (Logger logger : TALKATIVE) {
      if (logger.isDebugEnabled()) {
        throw KeyringFailures.wouldLog(logger.getName());
      }
    }
    String owner = owner(KWALLET);
    requireOpen(owner);
    return owner;
  }

  @Override
  public boolean isLocked(String service) {
    return !isOpen(owner(KWALLET));
  }

  /** A closed wallet asks for its password again: what other keyrings call locked. */
  private boolean isOpen(String owner) {
    return Boolean.TRUE.equals(ask(bus(), owner, "isOpen", "s", wallet(owner)));
  }

  private void requireOpen(String owner) {
    if (!isOpen(owner)) {
      boolean on = Boolean.TRUE.equals(ask(bus(), owner, "isEnabled", null));
      throw on ? KeyringFailures.locked(name()) : KeyringFailures.disabled();
    }
  }

  private String wallet(String owner) {
    return String.valueOf(ask(bus(), owner, "localWallet", null));
  }

  private static Object ask(
      SessionBus bus, String owner, String method, @Nullable String signature, Object... args) {
    try {
      return bus.ask(owner, PATH, TYPE, method, signature, args)[0];
    } catch (Refused e) {
      throw new IllegalStateException("KWallet is gone.", e);
    }
  }

  /** KWallet writes its file seconds later by itself; killed before, it would lose a new token. */
  @Override
  public void flush(String service) {
    String owner = owner(KWALLET);
    requireOpen(owner); // or opening would show a dialog
    int handle = open(bus(), owner, service);
    bus().tell(owner, PATH, TYPE, "sync", "is", handle, service);
    requireOpen(owner); // calls are answered in order, so it has synced
  }

  /** To a program that it denies access, KWallet says that the wallet is empty. */
  @Override
  public void confirmAbsent(String service) {
    String owner = owner(KWALLET);
    requireOpen(owner);
    open(bus(), owner, service);
  }

  /** Opens the wallet under the name that java-keyring uses, so that one permission covers both. */
  private int open(SessionBus bus, String owner, String service) {
    Object handle = ask(bus, owner, "open", "sxs", wallet(owner), 0L, service);
    if (handle instanceof Integer number && number >= 0) {
      return number;
    }
    throw isOpen(owner) ? KeyringFailures.denied() : KeyringFailures.locked(name());
  }

  @Override
  public OpenKeyring open() {
    String owner = owner(KWALLET);
    SessionBus bus = bus();
    return new KWalletKeyring(
        (method, signature, arguments) -> ask(bus, owner, method, signature, arguments),
        service -> open(bus, owner, service));
  }

  /** KWallet shows its dialog when a wallet is opened, and answers once it is open. */
  @Override
  public void unlock(String service, Duration limit) {
    String owner = owner(KWALLET);
    if (isOpen(owner)) {
      return;
    }
    try (SessionBus patient = SessionBus.connect(limit)) {
      open(patient, owner, service);
      open(bus(), owner, service); // or the wallet might close with the connection that opened it
    }
    requireOpen(owner);
  }
}
