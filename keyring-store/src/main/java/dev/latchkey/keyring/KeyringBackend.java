package dev.latchkey.keyring;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The secret storages that can hold the sessions.
 *
 * @see KeyringTokenStoreBuilder
 */
public enum KeyringBackend {
  /** Windows Credential Manager. */
  WINDOWS_CREDENTIAL_MANAGER("Windows Credential Manager"),
  /** The login keychain of macOS. */
  MACOS_KEYCHAIN("macOS Keychain"),
  /** The freedesktop Secret Service on the session bus, such as GNOME Keyring or KeePassXC. */
  SECRET_SERVICE("Secret Service"),
  /** KWallet of KDE Plasma 5, {@code kwalletd5} on the session bus. */
  KWALLET("KWallet");

  private final String title;

  KeyringBackend(String title) {
    this.title = title;
  }

  /** The name that people know. */
  @Override
  public String toString() {
    return title;
  }

  /** The only one of an operating system; null where the session bus decides. */
  static @Nullable KeyringBackend of(String osName) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      return WINDOWS_CREDENTIAL_MANAGER;
    }
    return os.startsWith("mac") ? MACOS_KEYCHAIN : null;
  }
}
