package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.PasswordAccessException;
import com.github.javakeyring.internal.freedesktop.SimpleCollection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The default collection of a Secret Service. java-keyring reads and writes its items, as it always
 * does, but does not look for them: it takes a search that failed, or that was not answered within
 * two seconds, for one that found nothing.
 */
final class ItemKeyring implements PlainKeyring {

  /** Finds the items with all of the attributes, or throws. */
  interface Search {
    List<String> paths(Map<String, String> attributes);
  }

  private final SimpleCollection collection;
  private final Search search;

  private ItemKeyring(SimpleCollection collection, Search search) {
    this.collection = collection;
    this.search = search;
  }

  static ItemKeyring open(Search search) throws BackendNotSupportedException {
    try {
      return new ItemKeyring(new SimpleCollection(), search);
    } catch (IOException | RuntimeException e) {
      throw new BackendNotSupportedException("java-keyring cannot open the collection", e);
    }
  }

  @Override
  public String getPassword(String service, String account) throws PasswordAccessException {
    char[] secret = collection.getSecret(existing(service, account));
    if (secret == null) {
      throw new IllegalStateException("The keyring gave no secret.");
    }
    return new String(secret);
  }

  /** A change that the keyring did not answer is told by nobody: the caller reads it back. */
  @Override
  public void setPassword(String service, String account, String password)
      throws PasswordAccessException {
    String path = find(service, account);
    if (path == null) {
      String label = service + "|" + account; // java-keyring's
      collection.createItem(label, password, attributes(service, account));
    } else {
      collection.updateItem(path, null, password, null); // each of the others is a call, and a save
    }
  }

  @Override
  public void deletePassword(String service, String account) throws PasswordAccessException {
    collection.deleteItem(existing(service, account));
  }

  private String existing(String service, String account) throws PasswordAccessException {
    String path = find(service, account);
    if (path == null) {
      throw new PasswordAccessException(
          "No stored credentials match " + service + " account: " + account);
    }
    return path;
  }

  private @Nullable String find(String service, String account) throws PasswordAccessException {
    List<String> paths = search.paths(attributes(service, account));
    if (paths.size() > 1) {
      throw new PasswordAccessException(
          "Too many stored credentials match " + service + " account: " + account);
    }
    return paths.isEmpty() ? null : paths.get(0);
  }

  private static Map<String, String> attributes(String service, String account) {
    return Map.of("service", service, "account", account);
  }

  @Override
  public void close() throws Exception {
    collection.close();
  }
}
