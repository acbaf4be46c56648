package dev.latchkey.keyring.internal.backend;

import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.util.List;
import java.util.Optional;

/**
 * KWallet's own interface, asked for what its Secret Service does not tell. Beside kwalletd5 5.103
 * none was tried.
 */
record KWalletDaemon(SessionBus bus, String name, String path) {

  private static final String TYPE = "org.kde.KWallet";

  /** The name under which KWallet's Secret Service opens wallets for all its clients. */
  private static final String SECRET_SERVICE = "";

  private static final List<List<String>> PLACES =
      List.of(
          List.of("org.kde.kwalletd5", "/modules/kwalletd5"),
          List.of("org.kde.ksecretd", "/ksecretd"),
          List.of("org.kde.kwalletd6", "/modules/kwalletd6"));

  /** The one that runs in the process of the Secret Service. */
  static Optional<KWalletDaemon> of(SecretService service) {
    return PLACES.stream()
        .filter(place -> service.owner().equals(service.bus().owner(place.get(0))))
        .map(place -> new KWalletDaemon(service.bus(), place.get(0), place.get(1)))
        .findFirst();
  }

  boolean isOpen() {
    try {
      return Boolean.TRUE.equals(bus.ask(name, path, TYPE, "isOpen", "s", wallet())[0]);
    } catch (Refused unknown) {
      return false;
    }
  }

  /** KWallet writes its file seconds later by itself; killed before, it would lose a new token. */
  void sync() {
    try {
      // Without a dialog: the Secret Service has opened it, or nothing could have been stored.
      Object handle = bus.ask(name, path, TYPE, "open", "sxs", wallet(), 0L, SECRET_SERVICE)[0];
      bus.tell(name, path, TYPE, "sync", "is", handle, SECRET_SERVICE);
      var unused = isOpen(); // calls are answered in order, so it has synced
    } catch (Refused e) {
      throw new IllegalStateException("KWallet is gone.", e);
    }
  }

  /** The one that the default collection of its Secret Service stands for. */
  private Object wallet() throws Refused {
    return bus.ask(name, path, TYPE, "networkWallet", null)[0];
  }
}
