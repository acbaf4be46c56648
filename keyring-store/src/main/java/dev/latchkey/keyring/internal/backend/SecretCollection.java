package dev.latchkey.keyring.internal.backend;

import dev.latchkey.keyring.internal.backend.SecretPrompt.Outcome;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.freedesktop.dbus.ObjectPath;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a Secret Service. Its methods answer or throw. They follow the prompts of
 * creations and deletions, which only KeePassXC sends for an unlocked collection: a creation there
 * shows no dialog, and a deletion shows one only if entries do not go to the recycle bin without a
 * question, which it never says beforehand. So the first such dialog is also the last one.
 */
record SecretCollection(SecretService service, String path) {

  private static final String TYPE = "org.freedesktop.Secret.Collection";
  private static final String ITEM = "org.freedesktop.Secret.Item";

  private static final Set<String> GONE =
      Set.of(
          "org.freedesktop.Secret.Error.NoSuchObject",
          "org.freedesktop.DBus.Error.UnknownObject",
          "org.freedesktop.DBus.Error.UnknownMethod");

  boolean isLocked() {
    return isLocked(path, TYPE);
  }

  /** Whether an item is locked although its collection is not. */
  boolean isLocked(String item) {
    return isLocked(item, ITEM);
  }

  private boolean isLocked(String object, String type) {
    try {
      return Boolean.TRUE.equals(service.bus().property(service.owner(), object, type, "Locked"));
    } catch (Refused e) {
      throw service.failure("Locked", e);
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
      ((Map<?, ?>) service.bus().property(service.owner(), item, ITEM, "Attributes"))
          .forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
      return attributes;
    } catch (Refused e) {
      if (GONE.contains(String.valueOf(e.getMessage()))) {
        return Map.of();
      }
      throw service.failure("Attributes", e);
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
    SecretPrompt prompt = prompt(answer[1]);
    Outcome outcome = prompt.run(service.quiet());
    if (outcome == Outcome.UNANSWERED) {
      prompt.dismiss();
    }
    requireDone(outcome);
  }

  EncryptedSecret secret(String item, ObjectPath session) {
    return EncryptedSecret.of((Object[]) ask(item, ITEM, "GetSecret", "o", session)[0]);
  }

  void replace(String item, EncryptedSecret secret) {
    ask(item, ITEM, "SetSecret", "(oayays)", (Object) secret.struct());
  }

  void delete(String item) {
    if (service.habits().asksBeforeDeleting) {
      throw service.asks();
    }
    Outcome outcome = prompt(ask(item, ITEM, "Delete", null)[0]).run(service.quiet());
    // Its question stays on the screen: KeePassXC cannot be told to remove it.
    service.habits().asksBeforeDeleting = outcome == Outcome.UNANSWERED;
    requireDone(outcome);
  }

  private SecretPrompt prompt(Object path) {
    SecretPrompt prompt = service.prompt(path);
    service.habits().prompts |= !prompt.isNone();
    return prompt;
  }

  private void requireDone(Outcome outcome) {
    if (outcome != Outcome.DONE) {
      throw isLocked() ? KeyringFailures.locked(service.name()) : service.asks();
    }
  }

  private Object[] ask(
      String object, String type, String method, @Nullable String signature, Object... more) {
    try {
      return service.bus().ask(service.owner(), object, type, method, signature, more);
    } catch (Refused e) {
      if (SecretService.isLocked(e) && !isLocked()) {
        throw service.asks(); // for this item alone
      }
      throw service.failure(method, e);
    }
  }
}
