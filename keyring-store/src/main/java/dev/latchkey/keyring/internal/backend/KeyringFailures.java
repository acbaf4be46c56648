package dev.latchkey.keyring.internal.backend;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.keyring.KeyringLocked;
import dev.latchkey.keyring.KeyringUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The failures of a keyring, each with its remedy. None holds a secret. */
public final class KeyringFailures {

  private static final String AS_THE_PERSON =
      "Run the program as the user who is logged in to the desktop, not with sudo or su.";

  private static final String RESTART =
      "Answer its dialog if one is open; otherwise restart the keyring, or log in again.";
  private static final String UNLOCK = "KeyringTokenStore.unlock()";

  private KeyringFailures() {}

  static KeyringUnavailable noBus(List<BusPlace> places) {
    return new KeyringUnavailable(
        "There is no D-Bus session bus, and therefore no keyring"
            + (places.isEmpty() ? "." : ": nothing is at " + list(places) + "."),
        "Run the program in a desktop session, or under dbus-run-session, or set"
            + " DBUS_SESSION_BUS_ADDRESS (often unix:path=$XDG_RUNTIME_DIR/bus).",
        null);
  }

  static KeyringUnavailable busIsGone(BusPlace place, Throwable cause) {
    return new KeyringUnavailable(
        "No D-Bus session bus listens at " + place + ", and therefore there is no keyring.",
        "Log in to the desktop again, or run the program under dbus-run-session, or correct "
            + BusPlace.VARIABLE
            + ".",
        cause);
  }

  static KeyringUnavailable busIsForbidden(BusPlace place, Throwable cause) {
    return new KeyringUnavailable(
        "This user has no permission to open the D-Bus session bus at " + place + ".",
        AS_THE_PERSON,
        cause);
  }

  static KeyringUnavailable busOfAnother(BusPlace place, @Nullable Throwable cause) {
    return new KeyringUnavailable(
        "The D-Bus session bus at " + place + " belongs to another user.", AS_THE_PERSON, cause);
  }

  static KeyringUnavailable busRejects(BusPlace place, Throwable cause) {
    return new KeyringUnavailable(
        "The D-Bus session bus at " + place + " does not let this user in.", AS_THE_PERSON, cause);
  }

  static KeyringUnavailable busIsAbstract(BusPlace place) {
    return new KeyringUnavailable(
        "The D-Bus session bus is at an abstract socket, which Java cannot open: " + place + ".",
        "Give the bus a socket with a path: let systemd start it, with"
            + " DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus, or start dbus-daemon with"
            + " --address=unix:path=PATH.",
        null);
  }

  static KeyringUnavailable busIsElsewhere(BusPlace place) {
    return new KeyringUnavailable(
        "The D-Bus session bus is at an address that is no Unix socket with a path: " + place + ".",
        "Set DBUS_SESSION_BUS_ADDRESS to one, often unix:path=$XDG_RUNTIME_DIR/bus.",
        null);
  }

  static TokenStoreFailure busIsSilent(BusPlace place, Duration limit) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "The D-Bus session bus at "
            + place
            + " did not answer within "
            + limit.toMillis()
            + " ms"
            + MachineLoad.now()
            + "; the keyring was not asked.",
        "Check that DBUS_SESSION_BUS_ADDRESS names a session bus, or log in to the desktop again.",
        null);
  }

  private static String list(List<BusPlace> places) {
    return places.stream().map(BusPlace::toString).collect(Collectors.joining(", "));
  }

  public static KeyringUnavailable noService() {
    return new KeyringUnavailable(
        "No keyring is running on the session bus, and none can be started.",
        "Install and start one, such as gnome-keyring, or KWallet on KDE Plasma.",
        null);
  }

  static KeyringUnavailable sandboxed() {
    return new KeyringUnavailable(
        "A sandbox hides the keyring on the session bus from this program.",
        "Allow it to talk to org.freedesktop.secrets; for Flatpak: flatpak override --user"
            + " --talk-name=org.freedesktop.secrets APPLICATION.",
        null);
  }

  static KeyringUnavailable noCollection(String keyring) {
    if (keyring.equals(ServiceName.KEEPASSXC)) {
      return new KeyringUnavailable(
          "KeePassXC has no open database to store secrets in.",
          "Open one in KeePassXC, and let it expose a group in its settings, under Secret Service"
              + " Integration.",
          null);
    }
    return new KeyringUnavailable(
        "The keyring has no default collection to store secrets in.",
        "Create a default keyring (in Seahorse: File, New, Password Keyring, Set as default), or"
            + " log in to the desktop with a password once.",
        null);
  }

  /** The name of the method stands in the remedy for whatever calls it in the program. */
  public static KeyringLocked locked(String keyring) {
    return new KeyringLocked(
        "The keyring is locked: " + keyring + ".",
        "Unlock it with "
            + UNLOCK
            + ", in the desktop's password manager, or by logging in with a"
            + " password, and try again.",
        null);
  }

  static KeyringLocked refusedByThePerson(String keyring) {
    return new KeyringLocked(
        keyring + " was not unlocked: its dialog was cancelled or refused.",
        "Call " + UNLOCK + " again, and answer the dialog with the password or with a permission.",
        null);
  }

  static TokenStoreFailure asks(String keyring) {
    String settings =
        keyring.equals(ServiceName.KEEPASSXC)
            ? ", which holds until the program that asked ends, or switch off \"Confirm when"
                + " passwords are retrieved by clients\" in KeePassXC's settings, under Secret"
                + " Service Integration"
            : "";
    return new TokenStoreFailure(
        Problem.CONFIRMATION_NEEDED,
        keyring + " wants to ask you before this program uses its entries there.",
        "Answer its dialog if one is open, let it ask with " + UNLOCK + settings + ".",
        null);
  }

  static TokenStoreFailure severalCollections(String keyring, int count) {
    return new TokenStoreFailure(
        Problem.AMBIGUOUS,
        keyring + " has entries of this program in " + count + " collections, none the default.",
        "Make the collection with the session you want to keep the default one again.",
        null);
  }

  public static KeyringLocked denied() {
    return new KeyringLocked(
        "KWallet denies this program access.",
        "Allow access in KWallet's dialog, or remove the program from the denied ones, in the"
            + " access control of KDE Wallet in the System Settings.",
        null);
  }

  public static KeyringLocked lockedToThisSession(Throwable cause) {
    return new KeyringLocked(
        "The keychain is locked, and macOS cannot ask for its password in this kind of session.",
        "Run: security unlock-keychain, or run the program in a desktop session.",
        cause);
  }

  public static KeyringLocked refusedByKeychain(Throwable cause) {
    return new KeyringLocked(
        "macOS does not let this program use its entries in the keychain: its dialog was cancelled"
            + " or refused.",
        "Try again, and choose Always Allow in the dialog; another version of Java is asked anew.",
        cause);
  }

  public static KeyringUnavailable disabled() {
    return new KeyringUnavailable(
        "KWallet is disabled.", "Enable the KDE wallet subsystem in the System Settings.", null);
  }

  public static TokenStoreFailure timedOut(Duration limit) {
    return timedOut(limit, MachineLoad.now());
  }

  /** A machine that is busy is blamed before the keyring is. */
  static TokenStoreFailure timedOut(Duration limit, MachineLoad load) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "The keyring did not answer within " + limit.toMillis() + " ms" + load + ".",
        load.isHigh()
            ? "Try again when the machine is less busy; answer the keyring's dialog if one is open."
            : RESTART,
        null);
  }

  /** The program itself was too slow; no call has left. */
  public static TokenStoreFailure neverAsked(Duration limit) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "This program did not get to ask the keyring within "
            + limit.toMillis()
            + " ms"
            + MachineLoad.now()
            + ".",
        "Try again when the machine is less busy.",
        null);
  }

  public static TokenStoreFailure stillHangs() {
    return new TokenStoreFailure(
        Problem.TIMED_OUT, "The keyring still has not answered an earlier call.", RESTART, null);
  }

  public static KeyringUnavailable noLogonSession(Throwable cause) {
    return new KeyringUnavailable(
        "Windows stores no credentials in this kind of session (error 1312).",
        "Run the program in a desktop session, not over SSH or as a service.",
        cause);
  }

  public static KeyringUnavailable refused(String keyring, @Nullable String why, Throwable cause) {
    return new KeyringUnavailable(
        keyring + " refused" + (why == null ? "." : ": " + why + "."),
        "Check that the keyring is running and that this user may use it, and try again.",
        cause);
  }

  public static KeyringUnavailable wouldLog(String logger) {
    return new KeyringUnavailable(
        "At its present level, the logger " + logger + " would log the secrets sent to KWallet.",
        "Set the loggers of org.freedesktop.dbus to INFO or above.",
        null);
  }
}
