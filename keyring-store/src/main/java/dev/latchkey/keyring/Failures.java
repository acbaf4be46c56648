package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a keyring, each with what would help; never with a secret. */
final class Failures {

  private Failures() {}

  static KeyringUnavailable noBus(@Nullable Throwable cause) {
    return new KeyringUnavailable(
        "There is no D-Bus session bus, and so no keyring.",
        "Run the program in a desktop session, or under dbus-run-session, or set"
            + " DBUS_SESSION_BUS_ADDRESS (often unix:path=$XDG_RUNTIME_DIR/bus).",
        cause);
  }

  static KeyringUnavailable noService() {
    return new KeyringUnavailable(
        "No keyring runs on the session bus, and none can be started.",
        "Install and start one, such as gnome-keyring, or KWallet on KDE Plasma.",
        null);
  }

  static KeyringUnavailable noCollection() {
    return new KeyringUnavailable(
        "The keyring has no default collection to store secrets in.",
        "Create a default keyring (in Seahorse: File, New, Password Keyring, Set as default), or"
            + " log in to the desktop with a password once.",
        null);
  }

  static KeyringLocked locked(KeyringBackend backend) {
    return new KeyringLocked(
        "The keyring is locked: " + backend + ".",
        "Unlock it, in the desktop's password manager or by logging in with a password, and try"
            + " again.",
        null);
  }

  static KeyringLocked denied() {
    return new KeyringLocked(
        "KWallet does not let this program in.",
        "Answer its dialog with yes, or take the program off the list of those that it denies, in"
            + " the access control of KDE Wallet in the System Settings.",
        null);
  }

  static KeyringLocked lockedToThisSession(Throwable cause) {
    return new KeyringLocked(
        "The keychain is locked, and macOS may not ask for its password in this kind of session.",
        "Run: security unlock-keychain, or run the program in a desktop session.",
        cause);
  }

  static KeyringUnavailable switchedOff() {
    return new KeyringUnavailable(
        "KWallet is switched off.",
        "Enable the KDE wallet subsystem in the System Settings.",
        null);
  }

  static TokenStoreFailure timedOut(Duration limit) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "The keyring did not answer within " + limit.toMillis() + " ms.",
        "Answer its dialog if one is open; else restart the keyring, or log in again.",
        null);
  }

  static TokenStoreFailure wedged() {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "The keyring still has not answered an earlier call.",
        "Answer its dialog if one is open; else restart the keyring, or log in again.",
        null);
  }

  static TokenStoreFailure notDurable(String name, String what, @Nullable Throwable cause) {
    return new TokenStoreFailure(
        Problem.NOT_DURABLE,
        "The keyring said yes and did not " + what + " the entry " + name + ".",
        "Check that the keyring is unlocked and runs, and try again.",
        cause);
  }

  static TokenStoreFailure damaged(String service, String name, String how) {
    return new TokenStoreFailure(
        Problem.DAMAGED,
        "The keyring's entry " + name + " of " + service + " is damaged: " + how + ".",
        "Delete the entry "
            + name
            + " of "
            + service
            + " in the password manager and sign in"
            + " again.",
        null);
  }

  static TokenStoreFailure newer(String service, String name, String format) {
    return new TokenStoreFailure(
        Problem.NEWER,
        "The keyring's entry " + name + " has the format " + format + " of a newer version.",
        "Update this program, or delete the entry "
            + name
            + " of "
            + service
            + " in the password manager and sign in again.",
        null);
  }

  static TokenStoreFailure ambiguous(String service, String name, Throwable cause) {
    return new TokenStoreFailure(
        Problem.AMBIGUOUS,
        "The keyring holds several entries " + name + " of " + service + ".",
        "Run: " + clear(service, name) + ", or use the password manager; then sign in again.",
        cause);
  }

  /** A head without its chunks would be damage, and a session is gone with either. */
  private static String clear(String service, String name) {
    String clear = "secret-tool clear service " + service + " account ";
    String head = Names.headOf(name);
    return name.equals(head) ? clear + name : clear + head + "; " + clear + name;
  }

  static TokenStoreFailure interruptedLock(String name) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "Another thread or process writes " + name + " and does not end.",
        "Try again, or end the other program.",
        null);
  }

  static KeyringUnavailable noLogonSession(Throwable cause) {
    return new KeyringUnavailable(
        "Windows keeps no credentials in this kind of session (error 1312).",
        "Run the program in a desktop session, not over SSH or as a service.",
        cause);
  }

  static KeyringUnavailable refused(KeyringBackend backend, @Nullable String why, Throwable cause) {
    return new KeyringUnavailable(
        backend + " refused" + (why == null ? "." : ": " + why + "."),
        "Check that the keyring runs and that this user may use it, and try again.",
        cause);
  }

  static KeyringUnavailable wouldLog(String logger) {
    return new KeyringUnavailable(
        "At its present level, the logger " + logger + " would print the secrets for KWallet.",
        "Set the loggers of org.freedesktop.dbus to INFO.",
        null);
  }
}
