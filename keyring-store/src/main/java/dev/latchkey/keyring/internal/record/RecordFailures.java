package dev.latchkey.keyring.internal.record;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;

/** The failures of entries and records, each with its remedy. None holds a secret. */
public final class RecordFailures {

  private static final String REPAIR = "KeyringTokenStore.repair()";

  private RecordFailures() {}

  static TokenStoreFailure notDurable(String name, String what) {
    return new TokenStoreFailure(
        Problem.NOT_DURABLE,
        "The keyring reported success but did not " + what + " the entry " + name + ".",
        "Check that the keyring is running and unlocked, and try again.",
        null);
  }

  static TokenStoreFailure damaged(EntryNames names, String how) {
    return new TokenStoreFailure(
        Problem.DAMAGED,
        "The keyring's entry "
            + of(names)
            + " is damaged: "
            + how
            + "."
            + (names.isIndex() ? " Sessions that only it listed stay in the keyring." : ""),
        names.isIndex()
            ? "Rebuild it with " + REPAIR + ", and sign in again whoever is then not listed."
            : "Remove it with "
                + REPAIR
                + ", or delete the entry "
                + of(names)
                + " in the password manager; then sign in again.",
        null);
  }

  static TokenStoreFailure newer(EntryNames names, String format) {
    return new TokenStoreFailure(
        Problem.NEWER,
        "The keyring's entry " + of(names) + " has the format " + format + " of a newer version.",
        "Update this program.",
        null);
  }

  private static String of(EntryNames names) {
    return names.head() + " of " + names.service();
  }

  static TokenStoreFailure everChanging(String name) {
    return new TokenStoreFailure(
        Problem.TIMED_OUT,
        "Other threads or processes kept writing " + name + " while it was read.",
        "Try again, or end the other program.",
        null);
  }

  /** Several entries under one name, and the command that deletes them. */
  public static TokenStoreFailure ambiguous(String service, String name, Throwable cause) {
    return new TokenStoreFailure(
        Problem.AMBIGUOUS,
        "The keyring holds several entries " + name + " of " + service + ".",
        "Run: " + clear(service, name) + ", or use the password manager; then sign in again.",
        cause);
  }

  /**
   * Deletes the head along with the entry: the session is lost in any case, and a head without its
   * chunks would be reported as damage.
   */
  private static String clear(String service, String name) {
    String clear = "secret-tool clear service " + service + " account ";
    String head = EntryNames.headOf(name);
    return name.equals(head) ? clear + name : clear + head + "; " + clear + name;
  }
}
