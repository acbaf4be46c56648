package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.ObjectPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The freedesktop Secret Service: its default collection. */
public final class SecretServiceHost extends SessionBusHost {

  private static final Logger log = LoggerFactory.getLogger(SecretServiceHost.class);
  static final String PATH = "/org/freedesktop/secrets";
  static final String SERVICE = "org.freedesktop.Secret.Service";
  private static final String PROMPT = "org.freedesktop.Secret.Prompt";

  /** The path that means that there is no object. */
  static final String NONE = "/";

  public SecretServiceHost(Duration limit) {
    super(limit);
  }

  @Override
  public KeyringBackend backend() {
    return KeyringBackend.SECRET_SERVICE;
  }

  @Override
  public String probe() {
    String owner = owner(SECRETS);
    if (collection(owner).isLocked()) {
      throw KeyringFailures.locked(backend());
    }
    return owner + " on " + bus().uniqueName(); // a session belongs to both
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
  private SecretCollection collection(String owner) {
    try {
      String path = defaultPath(owner);
      if (path.equals(NONE)) {
        path = defaultPath(owner);
      }
      if (path.equals(NONE)) {
        throw KeyringFailures.noCollection();
      }
      return new SecretCollection(bus(), owner, path);
    } catch (Refused e) {
      throw new IllegalStateException("The keyring is gone.", e);
    }
  }

  private String defaultPath(String owner) throws Refused {
    return String.valueOf(bus().ask(owner, PATH, SERVICE, "ReadAlias", "s", "default")[0]);
  }

  @Override
  public OpenKeyring open() throws BackendNotSupportedException {
    String owner = owner(SECRETS);
    var unused = collection(owner); // registers this client before it opens a session
    return SecretServiceKeyring.open(bus(), owner, () -> collection(owner));
  }

  @Override
  public void unlock(String service, Duration limit) {
    String owner = owner(SECRETS);
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
    } catch (Refused e) {
      throw KeyringFailures.refused(backend(), null, e);
    }
    if (collection.isLocked()) {
      throw KeyringFailures.locked(backend());
    }
  }

  /** Shows the dialog and waits for the answer; removes the dialog when the time is up. */
  private void await(String owner, String prompt, Duration limit) throws Refused {
    CompletableFuture<String> completed = new CompletableFuture<>();
    SessionBus bus = bus();
    try (var unused =
        bus.listen(prompt, PROMPT, "Completed", signal -> completed.complete(signal.getName()))) {
      bus.ask(owner, prompt, PROMPT, "Prompt", "s", "");
      completed.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException givenUp) {
      dismiss(bus, owner, prompt);
      throw KeyringFailures.timedOut(limit);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void dismiss(SessionBus bus, String owner, String prompt) {
    try {
      bus.ask(owner, prompt, PROMPT, "Dismiss", null);
    } catch (Refused | RuntimeException e) {
      log.debug("The dialog or the connection was already gone", SafeCause.of(e));
    }
  }
}
