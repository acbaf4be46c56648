package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.internal.backend.SecretService.Habits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The freedesktop Secret Service: the collection that holds, or will hold, a program's entries. */
public final class SecretServiceHost extends SessionBusHost {

  private static final Logger log = LoggerFactory.getLogger(SecretServiceHost.class);

  private final Habits habits = new Habits();
  private volatile String name = ServiceName.UNKNOWN;
  private volatile String remark = "";
  private volatile @Nullable SecretService service;
  private @Nullable Home home;

  /** Where the entries of one program are. */
  private record Home(String program, SecretCollection collection) {}

  public SecretServiceHost(Duration limit) {
    super(limit);
  }

  @Override
  public KeyringBackend backend() {
    return KeyringBackend.SECRET_SERVICE;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String remark() {
    return remark;
  }

  @Override
  public String probe(String program) {
    SecretService service = service();
    requireUnlocked(service, program);
    return service.owner() + " on " + bus().uniqueName(); // a session belongs to both
  }

  private void requireUnlocked(SecretService service, String program) {
    SecretCollection collection = home(service, program);
    if (collection.isLocked() && !unlockedAsItsWalletIs(collection)) {
      throw KeyringFailures.locked(service.name());
    }
  }

  /** KeePassXC locks itself at any time, and then finds nothing instead of saying so. */
  @Override
  public void confirmAbsent(String program) {
    requireUnlocked(service(), program);
  }

  SecretService service() {
    String owner = owner(SECRETS);
    SecretService known = service;
    if (known != null && known.owner().equals(owner) && known.bus() == bus()) {
      return known;
    }
    home = null;
    // The first call on this connection: see defaultPath.
    var unused = defaultPath(new SecretService(bus(), owner, name, habits));
    name = ServiceName.of(bus(), owner);
    SecretService found = new SecretService(bus(), owner, name, habits);
    service = found;
    return found;
  }

  /**
   * Asks for the collection's own path each time. By the specification the path of its alias would
   * do, but not in gnome-keyring 42.1: whenever a client connects, one thread there replaces the
   * alias while another reads it, and the answer is that the collection does not exist.
   *
   * <p>Asks again if there is none. gnome-keyring 42.1 registers a new client and answers its first
   * call in two steps of its main loop. If the call arrives while the loop polls, the second step
   * sometimes comes first: for a client that is not registered, the keyring finds no collection.
   * Therefore this must be the first call on a new connection.
   */
  private static String defaultPath(SecretService service) {
    String path = service.alias("default");
    return path.equals(SecretPrompt.NONE) ? service.alias("default") : path;
  }

  /**
   * The default collection, unless the program's entries are in another one and in that one only:
   * the alias may have moved since they were written. In KeePassXC it follows the tab in front, so
   * the choice stands as long as the connection: no record is to be written to two databases.
   */
  private SecretCollection home(SecretService service, String program) {
    Home known = home;
    if (known != null && known.program().equals(program)) {
      return known.collection();
    }
    String path = defaultPath(service);
    SecretCollection collection = new SecretCollection(service, path);
    boolean none = path.equals(SecretPrompt.NONE);
    remark = "";
    if (!none && collection.isLocked()) {
      return collection; // and KeePassXC shows a dialog if one searches while all are locked
    }
    Map<String, String> attributes = Map.of("service", program);
    if (none || collection.search(attributes).isEmpty()) {
      List<SecretCollection> others = service.holding(attributes);
      if (others.size() > 1) {
        throw KeyringFailures.severalCollections(service.name(), others.size());
      }
      if (others.isEmpty() && none) {
        throw KeyringFailures.noCollection(service.name());
      }
      if (!others.isEmpty()) {
        log.debug("The entries of {} are not in the default collection", program);
        collection = others.get(0);
      }
    } else {
      remarkOnOthers(service, program, path);
    }
    home = new Home(program, collection);
    return collection;
  }

  /**
   * Entries of the default collection are used, and what another one has beside them is told:
   * whoever opened two databases, or moved the alias after a sign-in, would look for those sessions
   * in vain.
   */
  private void remarkOnOthers(SecretService service, String program, String path) {
    try {
      List<String> others =
          service.holding(Map.of("service", program)).stream()
              .map(SecretCollection::path)
              .filter(other -> !other.equals(path))
              .toList();
      if (!others.isEmpty()) {
        remark = " in the default collection, not those in another one";
        log.warn(
            "{} has entries of {} in another collection, too, which are not used",
            service.name(),
            program);
      }
    } catch (IllegalStateException e) { // refused: the default collection serves
      log.debug("Only the default collection could be searched", SafeCause.of(e));
    }
  }

  /**
   * KWallet says of each new client's collection that it is locked, until the client unlocks it; if
   * the wallet is open, that takes no dialog.
   */
  private boolean unlockedAsItsWalletIs(SecretCollection collection) {
    SecretService service = collection.service();
    if (!service.name().equals(ServiceName.KWALLET)
        || !KWalletDaemon.of(service).map(KWalletDaemon::isOpen).orElse(false)) {
      return false;
    }
    service.unlock(List.of(collection.path()), service.quiet());
    return !collection.isLocked();
  }

  @Override
  public OpenKeyring open() throws BackendNotSupportedException {
    SecretService service = service(); // registers this client before it opens a session
    return SecretServiceKeyring.open(bus(), service.owner(), program -> home(service, program));
  }

  @Override
  public void flush(String program) {
    SecretService service = service();
    if (service.name().equals(ServiceName.KWALLET)) {
      KWalletDaemon.of(service).ifPresent(KWalletDaemon::sync);
    }
  }

  @Override
  public boolean isLocked(String program) {
    SecretCollection collection = home(service(), program);
    if (collection.isLocked() && !unlockedAsItsWalletIs(collection)) {
      return true;
    }
    return !lockedItems(collection, program).isEmpty();
  }

  private static List<String> lockedItems(SecretCollection collection, String program) {
    return collection.search(Map.of("service", program)).stream()
        .filter(collection::isLocked)
        .toList();
  }

  /** Unlocks the collection, and then the program's items that are still locked by themselves. */
  @Override
  public void unlock(String program, Duration limit) {
    SecretService service = service();
    SecretCollection collection = home(service, program);
    if (collection.isLocked()) {
      service.unlock(List.of(collection.path()), limit);
      if (collection.isLocked()) {
        throw KeyringFailures.locked(service.name());
      }
      collection = home(service, program);
    }
    List<String> items = lockedItems(collection, program);
    if (!items.isEmpty()) {
      habits.prompts = true;
      service.unlock(items, limit);
      if (!lockedItems(collection, program).isEmpty()) {
        throw service.asks();
      }
    }
  }

  @Override
  public void askAgain() {
    habits.asksBeforeDeleting = false;
  }

  /** KeePassXC grants access to an item to a connection, and forgets it with the connection. */
  @Override
  public boolean staysOpen() {
    return habits.prompts;
  }

  /**
   * KeePassXC has a recycle bin, and a history of each entry. A moment after a change, it writes
   * the whole database beside its other work; 2.7.4 crashes if an entry changes in the middle of
   * that.
   */
  @Override
  public boolean leavesTraces() {
    return habits.prompts || name.equals(ServiceName.KEEPASSXC);
  }

  @Override
  public void close() {
    home = null;
    service = null;
    super.close();
  }
}
