package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.keyring.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.DBusMatchRule;
import org.freedesktop.dbus.ObjectPath;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusSigHandler;
import org.freedesktop.dbus.messages.DBusSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The freedesktop Secret Service: its default collection. */
final class SecretServiceHost extends BusHost {

  private static final Logger LOG = LoggerFactory.getLogger(SecretServiceHost.class);
  private static final String PATH = "/org/freedesktop/secrets";
  private static final String SERVICE = "org.freedesktop.Secret.Service";
  private static final String PROMPT = "org.freedesktop.Secret.Prompt";

  /** The path of nothing. */
  static final String NONE = "/";

  SecretServiceHost(Duration limit) {
    super(limit);
  }

  @Override
  public KeyringBackend backend() {
    return KeyringBackend.SECRET_SERVICE;
  }

  @Override
  public String look() {
    String owner = owner();
    if (collection(owner).isLocked()) {
      throw Failures.locked(backend());
    }
    return owner + " on " + bus().connection().getUniqueName(); // a session is bound to both
  }

  private String owner() {
    String owner = bus().ownerOrStarted(SECRETS);
    if (owner == null) {
      throw Failures.noService();
    }
    return owner;
  }

  /**
   * Its own path is asked for each time. The path of its alias would do by the specification, but
   * not in gnome-keyring 42.1: one thread there replaces the alias whenever somebody connects,
   * while another reads it, and the collection is then said not to exist.
   *
   * <p>A no is asked once more. That keyring notes who a newcomer is and answers his first question
   * in two steps of its main loop, and now and then, when the question arrives while it looks for
   * what to do next, takes the second step first: for somebody unknown it finds no collection.
   * Hence nothing else may be asked before this on a new connection.
   */
  private SecretCollection collection(String owner) {
    try {
      String path = defaultPath(owner);
      if (path.equals(NONE)) {
        path = defaultPath(owner);
      }
      if (path.equals(NONE)) {
        throw Failures.noCollection();
      }
      return new SecretCollection(bus(), owner, path);
    } catch (Refused e) {
      throw new IllegalStateException("The keyring went away.", e);
    }
  }

  private String defaultPath(String owner) throws Refused {
    return String.valueOf(bus().ask(owner, PATH, SERVICE, "ReadAlias", "s", "default")[0]);
  }

  @Override
  public PlainKeyring open() throws BackendNotSupportedException {
    String owner = owner();
    var unused = collection(owner); // so that the keyring knows who opens a session
    return ItemKeyring.open(bus(), () -> collection(owner));
  }

  @Override
  public void unlock(String service, Duration limit) {
    String owner = owner();
    SecretCollection collection = collection(owner);
    if (!collection.isLocked()) {
      return;
    }
    try {
      List<ObjectPath> all = List.of(new ObjectPath("", collection.path()));
      Object[] answer = bus().ask(owner, PATH, SERVICE, "Unlock", "ao", all);
      String prompt = String.valueOf(answer[1]);
      if (!prompt.equals(NONE)) {
        await(owner, prompt, limit);
      }
    } catch (Refused | DBusException e) {
      throw Failures.refused(backend(), null, e);
    }
    if (collection.isLocked()) {
      throw Failures.locked(backend());
    }
  }

  /** Shows the dialog and waits until it is answered; takes it away when the time is up. */
  private void await(String owner, String prompt, Duration limit) throws Refused, DBusException {
    CompletableFuture<String> completed = new CompletableFuture<>();
    DBusMatchRule rule = new DBusMatchRule("signal", PROMPT, "Completed", prompt);
    DBusSigHandler<DBusSignal> handler = signal -> completed.complete(signal.getName());
    SessionBus bus = bus();
    bus.connection().addGenericSigHandler(rule, handler);
    try {
      bus.ask(owner, prompt, PROMPT, "Prompt", "s", "");
      completed.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException givenUp) {
      dismiss(bus, owner, prompt);
      throw Failures.timedOut(limit);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      bus.connection().removeGenericSigHandler(rule, handler);
    }
  }

  private static void dismiss(SessionBus bus, String owner, String prompt) {
    try {
      bus.ask(owner, prompt, PROMPT, "Dismiss", null);
    } catch (Refused | RuntimeException e) {
      LOG.debug("The dialog or the connection is gone already", e);
    }
  }
}
