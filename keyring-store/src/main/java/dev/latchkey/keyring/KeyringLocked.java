package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import org.jspecify.annotations.Nullable;

/**
 * The keyring is locked, or denies this program access; the person was not asked to unlock it, or
 * refused. Next: call {@link KeyringTokenStore#unlock}, or show the remedy. Only the remedy helps
 * where KWallet denies access, and on macOS ({@code security unlock-keychain}).
 */
public final class KeyringLocked extends TokenStoreFailure {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param remedy what would help, in one sentence
   * @param cause what was caught, if anything
   */
  public KeyringLocked(String message, @Nullable String remedy, @Nullable Throwable cause) {
    super(Problem.LOCKED, message, remedy, cause);
  }
}
