package dev.latchkey;

import dev.latchkey.Vault.Loaded;
import org.jspecify.annotations.Nullable;

/**
 * A record that the token store did not take.
 *
 * @param base what it was made from; null for a sign-in, which replaces whatever is stored
 */
record Unsaved(SessionRecord record, @Nullable Base base) {

  /** What the store held when a record was made from it. */
  record Base(String version, @Nullable String refreshToken) {

    static Base of(Loaded stored) {
      return new Base(stored.version(), stored.session().refreshToken());
    }

    /**
     * Whether somebody signed in or out since, or redeemed the same refresh token. A record that
     * still has the refresh token that ours was bought with is older than ours, whoever wrote it.
     */
    boolean isOvertakenBy(@Nullable Loaded stored) {
      if (stored == null) {
        return true;
      }
      boolean spentByUs =
          refreshToken != null && refreshToken.equals(stored.session().refreshToken());
      return !spentByUs && !version.equals(stored.version());
    }

    @Override
    public String toString() {
      return "Base[version=" + version + "]";
    }
  }

  boolean isOvertakenBy(@Nullable Loaded stored) {
    return base != null && base.isOvertakenBy(stored);
  }
}
