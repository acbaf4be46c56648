package dev.latchkey.internal.session;

import dev.latchkey.internal.session.RecordRepository.Loaded;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record that the token store did not take.
 *
 * @param base what the store held when it was made
 */
record Unsaved(SessionRecord record, Base base) {

  boolean isOvertakenBy(@Nullable Loaded stored) {
    return base.isOvertakenBy(stored);
  }

  /** What the store held when a record was made, and so what else may have happened since. */
  sealed interface Base permits Refreshed, SignedInOver {

    /** The version that was there; null if there was none, or nobody knows. */
    @Nullable String version();

    /** The same over another version. */
    Base at(@Nullable String newVersion);

    /** The same, when this refresh token has been redeemed. */
    Base spent(@Nullable String refreshToken);

    /** Whether somebody signed in or out since, or redeemed the same refresh token. */
    boolean isOvertakenBy(@Nullable Loaded stored);
  }

  /**
   * Of a record that was made from the stored one.
   *
   * @param spent the refresh tokens that our record was bought with, one after another. The store
   *     may come to hold any of them: it can take a record and fail all the same, or late
   */
  record Refreshed(@Nullable String version, Set<String> spent) implements Base {

    static Refreshed from(Loaded stored) {
      return new Refreshed(stored.version(), Set.of()).spent(stored.session().refreshToken());
    }

    @Override
    public Refreshed at(@Nullable String newVersion) {
      return new Refreshed(newVersion, spent);
    }

    @Override
    public Refreshed spent(@Nullable String refreshToken) {
      return new Refreshed(version, and(spent, refreshToken));
    }

    /**
     * A record that still has the refresh token that ours was bought with is older than ours,
     * whoever wrote it.
     */
    @Override
    public boolean isOvertakenBy(@Nullable Loaded stored) {
      if (stored == null) {
        return true;
      }
      String theirs = stored.session().refreshToken();
      boolean spentByUs = theirs != null && spent.contains(theirs);
      return !spentByUs && !stored.version().equals(version);
    }

    @Override
    public String toString() {
      return "Refreshed[version=" + version + "]";
    }
  }

  /**
   * Of a sign-in, which replaces what was there before it.
   *
   * @param at when the person signed in, as the record says it
   * @param known the refresh tokens that the sign-in brought, one after another
   */
  record SignedInOver(@Nullable String version, long at, Set<String> known) implements Base {

    static SignedInOver of(@Nullable String version, SessionRecord signedIn) {
      return new SignedInOver(version, signedIn.signedInAt(), Set.of())
          .spent(signedIn.refreshToken());
    }

    @Override
    public SignedInOver at(@Nullable String newVersion) {
      return new SignedInOver(newVersion, at, known);
    }

    @Override
    public SignedInOver spent(@Nullable String refreshToken) {
      return new SignedInOver(version, at, and(known, refreshToken));
    }

    /**
     * If what was there is gone, somebody signed out. If there was nothing, or nobody could look,
     * that it is not there says nothing. What was there already is older, whatever its clock said.
     * The store may have taken this very sign-in and failed all the same: then somebody else may
     * have refreshed it.
     */
    @Override
    public boolean isOvertakenBy(@Nullable Loaded stored) {
      if (stored == null) {
        return version != null;
      }
      SessionRecord theirs = stored.session();
      String token = theirs.refreshToken();
      boolean refreshed = theirs.signedInAt() == at && token != null && !known.contains(token);
      return !stored.version().equals(version) && (theirs.signedInAt() > at || refreshed);
    }

    @Override
    public String toString() {
      return "SignedInOver[version=" + version + ", at=" + at + "]";
    }
  }

  private static Set<String> and(Set<String> tokens, @Nullable String another) {
    if (another == null || tokens.contains(another)) {
      return tokens;
    }
    Set<String> more = new HashSet<>(tokens);
    more.add(another);
    return Set.copyOf(more);
  }
}
