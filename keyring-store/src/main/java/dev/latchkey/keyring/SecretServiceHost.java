package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.keyring.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private static final String DEFAULT = PATH + "/aliases/default";
  private static final String SERVICE = "org.freedesktop.Secret.Service";
  private static final String COLLECTION = "org.freedesktop.Secret.Collection";
  private static final String PROMPT = "org.freedesktop.Secret.Prompt";
  private static final String NONE = "/";

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
    if (isLocked(owner)) {
      throw Failures.locked(backend());
    }
    return owner;
  }

  private String owner() {
    String owner = bus().ownerOrStarted(SECRETS);
    if (owner == null) {
      throw Failures.noService();
    }
    return owner;
  }

  private boolean isLocked(String owner) {
    try {
      return Boolean.TRUE.equals(bus().property(owner, DEFAULT, COLLECTION, "Locked"));
    } catch (Refused e) {
      if (e.isGone()) {
        throw new IllegalStateException("The keyring went away.", e);
      }
      throw Failures.noCollection();
    }
  }

  @Override
  public PlainKeyring open() throws BackendNotSupportedException {
    String owner = owner();
    return ItemKeyring.open(attributes -> search(owner, attributes));
  }

  private List<String> search(String owner, Map<String, String> attributes) {
    try {
      return SessionBus.texts(
          bus().ask(owner, DEFAULT, COLLECTION, "SearchItems", "a{ss}", attributes)[0]);
    } catch (Refused e) {
      throw new IllegalStateException("The keyring did not search.", e);
    }
  }

  @Override
  public void unlock(String service, Duration limit) {
    String owner = owner();
    if (!isLocked(owner)) {
      return;
    }
    try {
      Object[] answer =
          bus().ask(owner, PATH, SERVICE, "Unlock", "ao", List.of(new ObjectPath("", DEFAULT)));
      String prompt = String.valueOf(answer[1]);
      if (!prompt.equals(NONE)) {
        await(owner, prompt, limit);
      }
    } catch (Refused | DBusException e) {
      throw Failures.refused(backend(), null, e);
    }
    if (isLocked(owner)) {
      throw Failures.locked(backend());
    }
  }

  /** Shows the dialog and waits until it is answered; takes it away when the time is up. */
  private void await(String owner, String prompt, Duration limit) throws Refused, DBusException {
    CompletableFuture<String> completed = new CompletableFuture<>();
    DBusMatchRule rule = new DBusMatchRule("signal", PROMPT, "Completed", prompt);
    DBusSigHandler<DBusSignal> handler = signal -> completed.complete(signal.getName());
    bus().connection().addGenericSigHandler(rule, handler);
    try {
      bus().ask(owner, prompt, PROMPT, "Prompt", "s", "");
      completed.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      dismiss(owner, prompt);
      throw Failures.timedOut(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.timedOut(limit);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      bus().connection().removeGenericSigHandler(rule, handler);
    }
  }

  private void dismiss(String owner, String prompt) {
    try {
      bus().ask(owner, prompt, PROMPT, "Dismiss", null);
    } catch (Refused e) {
      LOG.debug("The dialog is gone already", e);
    }
  }
}
