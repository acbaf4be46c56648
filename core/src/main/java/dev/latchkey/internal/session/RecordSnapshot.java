package dev.latchkey.internal.session;

import dev.latchkey.internal.session.Provenance.FromRefresh;
import org.jspecify.annotations.Nullable;

/**
 * A session record at one moment, and what a write over it has to know.
 *
 * @param version the version that the store held at that moment, which a write replaces; null if
 *     there was none
 * @param provenance what the record was made from
 * @param inMemory whether the record lives in memory because the store did not take it
 * @param generation the {@linkplain SessionStore#generation generation} at that moment
 */
record RecordSnapshot(
    SessionRecord record,
    @Nullable String version,
    Provenance provenance,
    boolean inMemory,
    int generation) {

  /** A record as the store holds it. */
  static RecordSnapshot stored(SessionRecord record, String version, int generation) {
    return new RecordSnapshot(record, version, FromRefresh.of(record, version), false, generation);
  }

  /** A record that the store did not take. */
  static RecordSnapshot unsaved(SessionRecord record, Provenance provenance, int generation) {
    return new RecordSnapshot(record, provenance.version(), provenance, true, generation);
  }

  /** The same record, to be written over this version. */
  RecordSnapshot over(@Nullable String newVersion) {
    return new RecordSnapshot(record, newVersion, provenance, inMemory, generation);
  }

  /** The same record, which the store now holds under this version. */
  RecordSnapshot storedAs(String newVersion) {
    return new RecordSnapshot(record, newVersion, provenance.at(newVersion), inMemory, generation);
  }

  /** The same record after its refresh token was redeemed. */
  RecordSnapshot spent() {
    Provenance after = provenance.spent(record.refreshToken());
    return new RecordSnapshot(record, version, after, inMemory, generation);
  }
}
