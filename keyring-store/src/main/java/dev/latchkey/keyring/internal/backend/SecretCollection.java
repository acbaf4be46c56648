package dev.latchkey.keyring.internal.backend;

import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.freedesktop.dbus.ObjectPath;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a Secret Service. Its methods answer or throw, and never ask the person: whatever
 * would need a dialog fails as locked.
 */
record SecretCollection(SessionBus bus, String owner, String path) {

  private static final String TYPE = "org.freedesktop.Secret.Collection";
  private static final String ITEM = "org.freedesktop.Secret.Item";
  private static final String LOCKED = "org.freedesktop.Secret.Error.IsLocked";

  private static final Set<String> GONE =
      Set.of(
          "org.freedesktop.Secret.Error.NoSuchObject",
          "org.freedesktop.DBus.Error.UnknownObject",
          "org.freedesktop.DBus.Error.UnknownMethod");

  boolean isLocked() {
    try {
      return Boolean.TRUE.equals(bus.property(owner, path, TYPE, "Locked"));
    } catch (Refused e) {
      throw failure("Locked", e);
    }
  }

  /** The items that have all of the attributes. */
  List<String> search(Map<String, String> attributes) {
    return SessionBus.texts(ask(path, TYPE, "SearchItems", "a{ss}", attributes)[0]);
  }

  /** The attributes of an item; none if it has just been deleted. */
  Map<String, String> attributes(String item) {
    try {
      Map<String, String> attributes = new HashMap<>();
      ((Map<?, ?>) bus.property(owner, item, ITEM, "Attributes"))
          .forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
      return attributes;
    } catch (Refused e) {
      if (GONE.contains(String.valueOf(e.getMessage()))) {
        return Map.of();
      }
      throw failure("Attributes", e);
    }
  }

  /** Adds an item, even beside one with the same attributes. */
  void create(String label, Map<String, String> attributes, EncryptedSecret secret) {
    Object[] answer =
        ask(
            path,
            TYPE,
            "CreateItem",
            "a{sv}(oayays)b",
            Map.of(
                ITEM + ".Label",
                new Variant<>(label),
                ITEM + ".Attributes",
                new Variant<>(attributes, "a{ss}")),
            secret.struct(),
            false);
    requireDone(answer[1]);
  }

  EncryptedSecret secret(String item, ObjectPath session) {
    return EncryptedSecret.of((Object[]) ask(item, ITEM, "GetSecret", "o", session)[0]);
  }

  void replace(String item, EncryptedSecret secret) {
    ask(item, ITEM, "SetSecret", "(oayays)", (Object) secret.struct());
  }

  void delete(String item) {
    requireDone(ask(item, ITEM, "Delete", null)[0]);
  }

  private void requireDone(Object prompt) {
    if (!String.valueOf(prompt).equals(SecretServiceHost.NONE)) {
      throw KeyringFailures.locked(KeyringBackend.SECRET_SERVICE);
    }
  }

  private Object[] ask(
      String object, String type, String method, @Nullable String signature, Object... more) {
    try {
      return bus.ask(owner, object, type, method, signature, more);
    } catch (Refused e) {
      throw failure(method, e);
    }
  }

  /** A new connection may cure anything but a lock: a session that ended, an item that moved. */
  private static RuntimeException failure(String what, Refused e) {
    return LOCKED.equals(e.getMessage())
        ? KeyringFailures.locked(KeyringBackend.SECRET_SERVICE)
        : new IllegalStateException("The keyring refused " + what + ".", e);
  }
}
