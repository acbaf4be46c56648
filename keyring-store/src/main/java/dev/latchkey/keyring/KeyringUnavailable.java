package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * There is no keyring, or it cannot be used. Next: show the remedy, or let the person choose
 * another store.
 *
 * @see KeyringTokenStore
 */
public final class KeyringUnavailable extends TokenStoreFailure {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public KeyringUnavailable(String message, @Nullable String remedy, @Nullable Throwable cause) {
    super(Problem.UNAVAILABLE, message, remedy, cause);
  }
}
