package dev.latchkey.internal.session;

import dev.latchkey.internal.session.Unsaved.Base;
import org.jspecify.annotations.Nullable;

/**
 * The record that counts at the moment, and what a write over it has to know.
 *
 * @param expected the version in the store; null if there is none
 * @param base what the store held when {@code session} was made
 * @param seen what was in memory at the time
 * @param deletions how often the record had been deleted by then
 */
record RecordSnapshot(
    SessionRecord session,
    @Nullable String expected,
    Base base,
    @Nullable Unsaved seen,
    int deletions) {

  /** The same, when it is in the store under another version. */
  RecordSnapshot at(String version) {
    return new RecordSnapshot(session, version, base.at(version), seen, deletions);
  }

  /** The same, when its refresh token has been redeemed. */
  RecordSnapshot spent() {
    Base more = base.spent(session.refreshToken());
    return new RecordSnapshot(session, expected, more, seen, deletions);
  }

  /** Whether the store failed to take it. */
  boolean livesInMemory() {
    return seen != null && seen.record().equals(session);
  }
}
