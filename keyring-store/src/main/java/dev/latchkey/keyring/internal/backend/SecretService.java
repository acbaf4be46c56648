package dev.latchkey.keyring.internal.backend;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.ObjectPath;
import org.jspecify.annotations.Nullable;

/**
 * One running Secret Service.
 *
 * @param owner the connection that it answers on
 * @param name what people call it
 */
record SecretService(SessionBus bus, String owner, String name, Habits habits) {

  static final String PATH = "/org/freedesktop/secrets";
  static final String TYPE = "org.freedesktop.Secret.Service";
  private static final String LOCKED = "org.freedesktop.Secret.Error.IsLocked";

  /** What a service was seen to do. Belongs to one host. */
  static final class Habits {

    /** It answered a creation or a deletion with a prompt. */
    volatile boolean prompts;

    /** It asked the person before a deletion; none is asked for until they unlock it again. */
    volatile boolean asksBeforeDeleting;
  }

  /** The collection that an alias stands for, or {@link SecretPrompt#NONE}. */
  String alias(String alias) {
    return String.valueOf(ask("ReadAlias", "s", alias)[0]);
  }

  /**
   * The collections that have items with these attributes. Each is searched by itself: if no
   * database is open, KeePassXC shows a dialog when all are searched at once. It does not know the
   * items of a locked one.
   */
  List<SecretCollection> holding(Map<String, String> attributes) {
    return collections().stream()
        .filter(each -> !name.equals(ServiceName.KEEPASSXC) || !each.isLocked())
        .filter(each -> !each.search(attributes).isEmpty())
        .toList();
  }

  private List<SecretCollection> collections() {
    try {
      return SessionBus.texts(bus.property(owner, PATH, TYPE, "Collections")).stream()
          .map(path -> new SecretCollection(this, path))
          .toList();
    } catch (Refused e) {
      throw failure("Collections", e);
    }
  }

  /** Asks the person to unlock collections or items, and waits for the answer. */
  void unlock(List<String> paths, Duration limit) {
    List<ObjectPath> objects = paths.stream().map(path -> new ObjectPath("", path)).toList();
    SecretPrompt prompt = prompt(ask("Unlock", "ao", objects)[1]);
    switch (prompt.run(limit)) {
      case DONE -> {}
      case DISMISSED -> throw KeyringFailures.refusedByThePerson(name);
      case UNANSWERED -> {
        prompt.dismiss();
        throw KeyringFailures.timedOut(limit);
      }
    }
  }

  SecretPrompt prompt(Object path) {
    return new SecretPrompt(bus, owner, String.valueOf(path));
  }

  /** How long to wait for a prompt that shows no dialog, within the limit of the whole call. */
  Duration quiet() {
    return bus.limit().multipliedBy(2).dividedBy(3);
  }

  private Object[] ask(String method, @Nullable String signature, Object... arguments) {
    try {
      return bus.ask(owner, PATH, TYPE, method, signature, arguments);
    } catch (Refused e) {
      throw failure(method, e);
    }
  }

  /** A new connection may cure anything but a lock: a session that ended, an item that moved. */
  RuntimeException failure(String what, Refused e) {
    return isLocked(e)
        ? KeyringFailures.locked(name)
        : new IllegalStateException("The keyring refused " + what + ".", e);
  }

  static boolean isLocked(Refused e) {
    return LOCKED.equals(e.getMessage());
  }

  TokenStoreFailure asks() {
    return KeyringFailures.asks(name);
  }
}
