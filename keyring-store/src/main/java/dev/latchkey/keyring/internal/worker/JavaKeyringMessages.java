package dev.latchkey.keyring.internal.worker;

import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.internal.backend.KeyringFailures;
import dev.latchkey.keyring.internal.record.RecordFailures;
import java.util.regex.Pattern;

/** Maps the messages of java-keyring 1.0.4, which has one exception type for everything. */
final class JavaKeyringMessages {

  private static final String WINDOWS = "Error code ";

  /** Apple's text for errSecInteractionNotAllowed: locked, and no screen on which to ask. */
  private static final String MAC_NO_INTERACTION = "User interaction is not allowed";

  /** errSecUserCanceled and errSecAuthFailed: the person did not let the program in. */
  private static final Pattern MAC_REFUSED =
      Pattern.compile("User canceled|passphrase you entered is not correct");

  /** errSecDuplicateItem: java-keyring could not read the entry, and tried to add it. */
  private static final String MAC_UNREADABLE = "already exists in the keychain";

  private JavaKeyringMessages() {}

  /** An absent entry is not a failure, but only these messages tell it from one. */
  static boolean saysAbsent(PasswordAccessException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No stored credentials match") // Secret Service and macOS
        || message.equals("Password is not in wallet")
        || message.equals("Password cannot be deleted, it is not in wallet")
        || message.equals(WINDOWS + 1168);
  }

  static TokenStoreFailure failure(
      PasswordAccessException e, String keyring, String service, String name) {
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Too many stored credentials match")) {
      return RecordFailures.ambiguous(service, name, e);
    }
    if (message.equals(WINDOWS + 1312)) {
      return KeyringFailures.noLogonSession(e);
    }
    if (message.contains(MAC_NO_INTERACTION)) {
      return KeyringFailures.lockedToThisSession(e);
    }
    if (MAC_REFUSED.matcher(message).find() || message.contains(MAC_UNREADABLE)) {
      return KeyringFailures.refusedByKeychain(e);
    }
    // Of the other messages nobody knows what they quote.
    return KeyringFailures.refused(
        keyring, message.matches(WINDOWS + "[0-9]{1,10}") ? message : null, e);
  }
}
