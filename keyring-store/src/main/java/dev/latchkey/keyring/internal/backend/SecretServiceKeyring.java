package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.keyring.internal.backend.SessionBus.Refused;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One collection of a Secret Service. Entries are those of java-keyring 1.0.4, but not its calls:
 * java-keyring takes a search that failed, or was not answered within two seconds, for one that
 * found nothing; it asks the person to unlock the keyring at any time; and it addresses the
 * collection by an alias that gnome-keyring 42.1 frees while reading it whenever another program
 * connects.
 */
final class SecretServiceKeyring implements OpenKeyring {

  private final Function<String, SecretCollection> collection;
  private final SecretSession session;

  private SecretServiceKeyring(
      Function<String, SecretCollection> collection, SecretSession session) {
    this.collection = collection;
    this.session = session;
  }

  /**
   * Opens a session, in which secrets are encrypted in transit.
   *
   * @param bus the connection to which the session is bound
   * @param owner the service
   * @param collection looks up the collection of a program's entries
   */
  static SecretServiceKeyring open(
      SessionBus bus, String owner, Function<String, SecretCollection> collection)
      throws BackendNotSupportedException {
    try {
      return new SecretServiceKeyring(collection, SecretSession.open(bus, owner));
    } catch (Refused | GeneralSecurityException e) {
      throw new BackendNotSupportedException("No encrypted session with the keyring", e);
    }
  }

  @Override
  public String getPassword(String service, String account) throws PasswordAccessException {
    SecretCollection in = collection.apply(service);
    try {
      return session.decrypt(in.secret(existing(in, service, account), session.path()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keyring's answer cannot be decrypted.", e);
    }
  }

  @Override
  public void setPassword(String service, String account, String password)
      throws PasswordAccessException {
    SecretCollection in = collection.apply(service);
    String item = find(in, service, account);
    try {
      EncryptedSecret secret = session.encrypt(password);
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
    SecretCollection in = collection.apply(service);
    in.delete(existing(in, service, account));
  }

  @Override
  public Set<String> accounts(String service) {
    SecretCollection in = collection.apply(service);
    Set<String> accounts = new HashSet<>();
    for (String item : in.search(Map.of("service", service))) {
      String account = in.attributes(item).get("account");
      if (account != null) {
        accounts.add(account);
      }
    }
    return accounts;
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
    session.close();
  }
}
