package dev.latchkey.internal.session;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a record was made from. It decides whether a record that the token store did not take still
 * counts, when the store is found to hold another.
 */
sealed interface Provenance {

  /** The version that the store held; null if there was none, or it is not known. */
  @Nullable String version();

  /** The same provenance over another version. */
  Provenance at(@Nullable String newVersion);

  /** The same provenance after this refresh token was redeemed. */
  Provenance spent(@Nullable String refreshToken);

  /** Whether somebody has signed in or out since, or has redeemed the same refresh token. */
  boolean isOvertakenBy(@Nullable RecordSnapshot stored);

  /**
   * A record that was made from the stored one.
   *
   * @param spent the refresh tokens that were redeemed for it, one after another. The store may
   *     come to hold any of them: a write may fail and still be carried out, even later
   */
  record FromRefresh(@Nullable String version, Set<String> spent) implements Provenance {

    static FromRefresh of(SessionRecord stored, String version) {
      return new FromRefresh(version, and(Set.of(), stored.refreshToken()));
    }

    @Override
    public FromRefresh at(@Nullable String newVersion) {
      return new FromRefresh(newVersion, spent);
    }

    @Override
    public FromRefresh spent(@Nullable String refreshToken) {
      return new FromRefresh(version, and(spent, refreshToken));
    }

    /** A stored record that still has a refresh token we redeemed is older, whoever wrote it. */
    @Override
    public boolean isOvertakenBy(@Nullable RecordSnapshot stored) {
      if (stored == null) {
        return true;
      }
      String theirs = stored.record().refreshToken();
      boolean spentByUs = theirs != null && spent.contains(theirs);
      return !spentByUs && !Objects.equals(stored.version(), version);
    }

    @Override
    public String toString() {
      return "FromRefresh[version=" + version + "]";
    }
  }

  /**
   * A record that a sign-in made. It replaces what was there.
   *
   * @param at when the person signed in, as the record says
   * @param known the refresh tokens of this sign-in, one after another
   * @param replaced the sessions that this process knew when it stored the sign-in. They are older,
   *     whatever their clocks said: a sign-in may wait for the lease while a later one overtakes it
   */
  record FromSignIn(@Nullable String version, long at, Set<String> known, Set<Long> replaced)
      implements Provenance {

    static FromSignIn of(SessionRecord signedIn, Set<Long> replaced) {
      return new FromSignIn(
          null, signedIn.signedInAt(), and(Set.of(), signedIn.refreshToken()), replaced);
    }

    @Override
    public FromSignIn at(@Nullable String newVersion) {
      return new FromSignIn(newVersion, at, known, replaced);
    }

    @Override
    public FromSignIn spent(@Nullable String refreshToken) {
      return new FromSignIn(version, at, and(known, refreshToken), replaced);
    }

    /**
     * If a record was there and is gone, somebody signed out. If none was there, or the store could
     * not be read, its absence says nothing. The record that was there is older, whatever its clock
     * said. The store may have failed and still have taken this sign-in; then somebody else may
     * have refreshed it.
     */
    @Override
    public boolean isOvertakenBy(@Nullable RecordSnapshot stored) {
      if (stored == null) {
        return version != null;
      }
      SessionRecord theirs = stored.record();
      String token = theirs.refreshToken();
      boolean refreshed = theirs.signedInAt() == at && token != null && !known.contains(token);
      boolean later = theirs.signedInAt() > at && !replaced.contains(theirs.signedInAt());
      return !Objects.equals(stored.version(), version) && (later || refreshed);
    }

    @Override
    public String toString() {
      return "FromSignIn[version=" + version + ", at=" + at + "]";
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
