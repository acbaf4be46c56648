package dev.latchkey.keyring;

import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;

/** Reads the sentences that java-keyring 1.0.4 throws instead of types. */
final class Messages {

  private static final String WINDOWS = "Error code ";

  /**
   * Apple's text for errSecInteractionNotAllowed: it is locked, and there is no screen to ask on.
   */
  private static final String MAC_NO_INTERACTION = "User interaction is not allowed";

  private Messages() {}

  /** Absence is no failure, but all that says so is one of these. */
  static boolean saysAbsent(PasswordAccessException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No stored credentials match") // Secret Service and macOS
        || message.equals("Password is not in wallet")
        || message.equals("Password cannot be deleted, it is not in wallet")
        || message.equals(WINDOWS + 1168);
  }

  static TokenStoreFailure failure(
      PasswordAccessException e, KeyringBackend backend, String service, String name) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Too many stored credentials match")) {
      return Failures.ambiguous(service, name, e);
    }
    if (message.equals(WINDOWS + 1312)) {
      return Failures.noLogonSession(e);
    }
    if (message.contains(MAC_NO_INTERACTION)) {
      return Failures.lockedToThisSession(e);
    }
    return Failures.refused(backend, message.startsWith(WINDOWS) ? message : null, e);
  }
}
