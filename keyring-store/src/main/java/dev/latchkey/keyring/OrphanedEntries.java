package dev.latchkey.keyring;

import java.util.Objects;

/**
 * Entries in the keyring that lead to no session, as {@link KeyringTokenStore#repair} finds them.
 * Holds no secret.
 *
 * @param name of the first entry, under which the password manager shows it; the names of the
 *     others have the same 32 characters in them
 * @param reason why it leads to no session, to complete a sentence about the entries
 */
public record OrphanedEntries(String name, String reason) {

  /**
   * Checks that nothing is null.
   *
   * @param name of the first entry
   * @param reason why it leads to no session
   */
  public OrphanedEntries {
    Objects.requireNonNull(name);
    Objects.requireNonNull(reason);
  }
}
