package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.keyring.KeyringBackend;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What java-keyring does, errors included. A seam: tests simulate Windows and macOS behind it. */
public interface OpenKeyring extends AutoCloseable {

  String getPassword(String service, String account) throws PasswordAccessException;

  void setPassword(String service, String account, String password) throws PasswordAccessException;

  void deletePassword(String service, String account) throws PasswordAccessException;

  /** The accounts of all entries of a service; null if the keyring cannot tell. */
  default @Nullable Set<String> accounts(String service) throws PasswordAccessException {
    return null;
  }

  /** How a keyring is closed. */
  interface Closer {
    void close(Keyring keyring) throws Exception;
  }

  /** Opens this keyring, never the one that java-keyring would choose. */
  static OpenKeyring open(KeyringBackend backend, Closer closer)
      throws BackendNotSupportedException {
    Keyring keyring =
        Keyring.create(
            switch (backend) {
              case WINDOWS_CREDENTIAL_MANAGER -> KeyringStorageType.WINDOWS_CREDENTIAL_STORE;
              case MACOS_KEYCHAIN -> KeyringStorageType.OSX_KEYCHAIN;
              case SECRET_SERVICE -> KeyringStorageType.GNOME_KEYRING;
              case KWALLET -> KeyringStorageType.KWALLET;
            });
    return new OpenKeyring() {
      @Override
      public String getPassword(String service, String account) throws PasswordAccessException {
        return keyring.getPassword(service, account);
      }

      @Override
      public void setPassword(String service, String account, String password)
          throws PasswordAccessException {
        keyring.setPassword(service, account, password);
      }

      @Override
      public void deletePassword(String service, String account) throws PasswordAccessException {
        keyring.deletePassword(service, account);
      }

      @Override
      public void close() throws Exception {
        closer.close(keyring);
      }
    };
  }
}
