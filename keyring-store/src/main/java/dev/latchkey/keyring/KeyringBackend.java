package dev.latchkey.keyring;

import com.github.javakeyring.KeyringStorageType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which secret storage of which operating system. */
public enum KeyringBackend {
  /** Credential Manager of Windows. */
  WINDOWS_CREDENTIAL_MANAGER("Windows Credential Manager"),
  /** The login keychain of macOS. */
  MACOS_KEYCHAIN("macOS Keychain"),
  /** The freedesktop Secret Service on the session bus, such as GNOME Keyring. */
  SECRET_SERVICE("Secret Service (GNOME Keyring)"),
  /** KWallet of KDE Plasma 5, {@code kwalletd5} on the session bus. */
  KWALLET("KWallet");

  private final String title;

  KeyringBackend(String title) {
    this.title = title;
  }

  /** What people call it. */
  @Override
  public String toString() {
    return title;
  }

  KeyringStorageType storageType() {
    return switch (this) {
      case WINDOWS_CREDENTIAL_MANAGER -> KeyringStorageType.WINDOWS_CREDENTIAL_STORE;
      case MACOS_KEYCHAIN -> KeyringStorageType.OSX_KEYCHAIN;
      case SECRET_SERVICE -> KeyringStorageType.GNOME_KEYRING;
      case KWALLET -> KeyringStorageType.KWALLET;
    };
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
