package dev.latchkey.internal.session;

import dev.latchkey.internal.session.Provenance.FromSignIn;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process has met of one account, and what its sign-outs forgot. A session is known by
 * {@link SessionRecord#signedInAt}, which a refresh keeps and a sign-in changes. Versions are kept,
 * too, for records that cannot be read. Grows with the sign-ins and sign-outs of this process.
 *
 * <p>For any thread. Whoever needs several calls to be one holds the monitor of the {@link
 * SessionStore}.
 */
final class SessionHistory {

  /** The sessions that were seen in the store, written to it, or kept in memory. */
  private final Set<Long> known = ConcurrentHashMap.newKeySet();

  /** The sessions that sign-ins of this process began. */
  private final Set<Long> begun = ConcurrentHashMap.newKeySet();

  private final Set<Long> forgottenSessions = ConcurrentHashMap.newKeySet();
  private final Set<String> forgottenVersions = ConcurrentHashMap.newKeySet();

  /** The version that the store was last seen to hold. A slow read may have seen an older one. */
  private volatile @Nullable String seen;

  /** The version that was last written here. */
  private volatile @Nullable String written;

  /** A sign-in as a session of its own: the clock has milliseconds only, or was set back. */
  SessionRecord begin(SessionRecord signedIn) {
    SessionRecord record = signedIn;
    while (known.contains(record.signedInAt()) || !begun.add(record.signedInAt())) {
      record = record.signedInLater();
    }
    return record;
  }

  /** The store was found to hold this; null if it holds nothing. */
  void saw(@Nullable RecordSnapshot stored) {
    seen = stored == null ? null : stored.version();
    if (stored != null) {
      keeps(stored.record());
    }
  }

  /** The store took a record of the session. */
  void wrote(SessionRecord record, String version) {
    written = version;
    keeps(record);
  }

  /** A record of the session counts. */
  void keeps(SessionRecord record) {
    known.add(record.signedInAt());
  }

  /** What a sign-in is made from that replaces everything known so far. */
  FromSignIn replacedBy(SessionRecord signedIn) {
    return FromSignIn.of(signedIn, Set.copyOf(known));
  }

  /** Nothing that is known so far counts any more. */
  void forgetAll() {
    // Even its version may be unreadable now. The last ones known must not count in any case: their
    // refresh token may have been redeemed by a session that lived in memory and is forgotten too.
    forget(seen);
    forget(written);
    forgottenSessions.addAll(known);
  }

  void forget(@Nullable String version) {
    if (version != null) {
      forgottenVersions.add(version);
    }
  }

  void forget(SessionRecord record) {
    forgottenSessions.add(record.signedInAt());
  }

  boolean hasForgotten(@Nullable String version) {
    return version != null && forgottenVersions.contains(version);
  }

  boolean hasForgotten(SessionRecord record) {
    return forgottenSessions.contains(record.signedInAt());
  }

  boolean hasForgotten(RecordSnapshot stored) {
    return hasForgotten(stored.record()) || hasForgotten(stored.version());
  }
}
