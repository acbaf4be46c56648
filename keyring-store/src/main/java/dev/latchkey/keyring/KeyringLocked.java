package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * The keyring is there and locked; nobody was asked to unlock it. Next: {@link
 * KeyringTokenStore#unlock}, or ask the person to unlock it.
 */
public final class KeyringLocked extends TokenStoreFailure {

  private static final long serialVersionUID = 1L;

  KeyringLocked(String message, String remedy, @Nullable Throwable cause) {
    super(Problem.LOCKED, message, remedy, cause);
  }
}
