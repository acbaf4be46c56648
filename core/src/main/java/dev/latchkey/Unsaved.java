package dev.latchkey;

import dev.latchkey.Vault.Loaded;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record that the token store did not take.
 *
 * @param base what it was made from; null for a sign-in, which replaces whatever is stored
 */
record Unsaved(SessionRecord record, @Nullable Base base) {

  /**
   * What the store held when a record was made from it.
   *
   * @param version of what it held
   * @param spent the refresh tokens that our record was bought with, one after another. The store
   *     may come to hold any of them: it can take a record and fail all the same, or late
   */
  record Base(String version, Set<String> spent) {

    static Base of(Loaded stored) {
      return new Base(stored.version(), Set.of()).spent(stored.session().refreshToken());
    }

    Base spent(@Nullable String refreshToken) {
      if (refreshToken == null || spent.contains(refreshToken)) {
        return this;
      }
      Set<String> more = new HashSet<>(spent);
      more.add(refreshToken);
      return new Base(version, Set.copyOf(more));
    }

    /**
     * Whether somebody signed in or out since, or redeemed the same refresh token. A record that
     * still has the refresh token that ours was bought with is older than ours, whoever wrote it.
     */
    boolean isOvertakenBy(@Nullable Loaded stored) {
      if (stored == null) {
        return true;
      }
      String theirs = stored.session().refreshToken();
      boolean spentByUs = theirs != null && spent.contains(theirs);
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
