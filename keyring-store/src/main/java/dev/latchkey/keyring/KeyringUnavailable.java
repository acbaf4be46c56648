package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/** There is no keyring, or it cannot be used. Next: show the remedy, or let the user choose. */
public final class KeyringUnavailable extends TokenStoreFailure {

  private static final long serialVersionUID = 1L;

  KeyringUnavailable(String message, String remedy, @Nullable Throwable cause) {
    super(Problem.UNAVAILABLE, message, remedy, cause);
  }
}
