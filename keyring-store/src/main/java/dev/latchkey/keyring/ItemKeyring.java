package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.PasswordAccessException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.secret.Secret;
import org.freedesktop.secret.TransportEncryption;
import org.jspecify.annotations.Nullable;

/**
 * The default collection of a Secret Service, with entries as java-keyring makes them, and with its
 * encryption, but not by its hand: it takes a search that failed, or that was not answered within
 * two seconds, for one that found nothing, asks the person to unlock when nobody wants that, and
 * addresses the collection by an alias that gnome-keyring 42.1 frees while it reads it, whenever
 * another program connects.
 */
final class ItemKeyring implements PlainKeyring {

  private final Supplier<SecretCollection> collection;
  private final TransportEncryption encryption;

  private ItemKeyring(Supplier<SecretCollection> collection, TransportEncryption encryption) {
    this.collection = collection;
    this.encryption = encryption;
  }

  /**
   * Opens a session, in which secrets are encrypted on their way. Its library waits two seconds for
   * the answer, whatever the limit of a call is.
   *
   * @param bus the connection that the session is bound to
   * @param collection the default one of the moment
   */
  static ItemKeyring open(SessionBus bus, Supplier<SecretCollection> collection)
      throws BackendNotSupportedException {
    try {
      TransportEncryption encryption = new TransportEncryption(bus.connection());
      encryption.initialize();
      if (!encryption.openSession()) {
        throw new IllegalStateException("The keyring opened no session.");
      }
      encryption.generateSessionKey();
      return new ItemKeyring(collection, encryption);
    } catch (DBusException | GeneralSecurityException e) {
      throw new BackendNotSupportedException("No encrypted session with the keyring", e);
    }
  }

  @Override
  public String getPassword(String service, String account) throws PasswordAccessException {
    SecretCollection in = collection.get();
    DBusPath session = encryption.getService().getSession().getPath();
    try (Secret secret = in.secret(existing(in, service, account), session)) {
      return new String(encryption.decrypt(secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keyring's answer cannot be decrypted.", e);
    }
  }

  @Override
  public void setPassword(String service, String account, String password)
      throws PasswordAccessException {
    SecretCollection in = collection.get();
    String item = find(in, service, account);
    try (Secret secret = encryption.encrypt(password)) {
      if (item == null) {
        String label = service + "|" + account; // java-keyring's
        in.create(label, attributes(service, account), secret);
      } else {
        in.replace(item, secret);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The secret cannot be encrypted.", e);
    }
  }

  @Override
  public void deletePassword(String service, String account) throws PasswordAccessException {
    SecretCollection in = collection.get();
    in.delete(existing(in, service, account));
  }

  private static String existing(SecretCollection in, String service, String account)
      throws PasswordAccessException {
    String item = find(in, service, account);
    if (item == null) {
      throw new PasswordAccessException(
          "No stored credentials match " + service + " account: " + account);
    }
    return item;
  }

  private static @Nullable String find(SecretCollection in, String service, String account)
      throws PasswordAccessException {
    List<String> items = in.search(attributes(service, account));
    if (items.size() > 1) {
      throw new PasswordAccessException(
          "Too many stored credentials match " + service + " account: " + account);
    }
    return items.isEmpty() ? null : items.get(0);
  }

  private static Map<String, String> attributes(String service, String account) {
    return Map.of("service", service, "account", account);
  }

  /** The session ends with its connection. */
  @Override
  public void close() {
    encryption.clear();
  }
}
