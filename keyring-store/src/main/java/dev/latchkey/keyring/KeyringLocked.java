package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * The keyring is there and locked, or does not let this program in; it was not asked to unlock, or
 * the person refused. Next: {@link KeyringTokenStore#unlock}, or show the remedy. Nothing but the
 * remedy helps where KWallet keeps this program out, and on macOS: {@code security
 * unlock-keychain}.
 */
public final class KeyringLocked extends TokenStoreFailure {

  private static final long serialVersionUID = 1L;

  KeyringLocked(String message, String remedy, @Nullable Throwable cause) {
    super(Problem.LOCKED, message, remedy, cause);
  }
}
