package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;

/** What java-keyring does, errors and all. A seam: tests simulate Windows and macOS behind it. */
interface PlainKeyring extends AutoCloseable {

  String getPassword(String service, String account) throws PasswordAccessException;

  void setPassword(String service, String account, String password) throws PasswordAccessException;

  void deletePassword(String service, String account) throws PasswordAccessException;

  /** How a keyring is closed. */
  interface Closer {
    void close(Keyring keyring) throws Exception;
  }

  /** Opens the one that is named, never the one that java-keyring would guess. */
  static PlainKeyring open(KeyringBackend backend, Closer closer)
      throws BackendNotSupportedException {
    Keyring keyring = Keyring.create(backend.storageType());
    return new PlainKeyring() {
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
