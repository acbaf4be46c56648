package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The token store, spoken to in session records. Blocks; for workers only. */
final class Vault {

  /** How much a record may grow by one redemption: a new access and a new refresh token. */
  private static final int GROWTH = 8_192;

  /** A session and the version of the stored record that it stands on; null if none is stored. */
  record Loaded(SessionRecord session, @Nullable String version) {}

  private final TokenStore store;

  Vault(TokenStore store) {
    this.store = store;
  }

  @Nullable Loaded load(String id) {
    StoredRecord stored = store.read(id);
    return stored == null
        ? null
        : new Loaded(RecordFormat.read(id, stored.content()), stored.version());
  }

  /** Writes if the expected version is still there; null if it is not. */
  @Nullable String save(SessionRecord session, @Nullable String expectedVersion) {
    return store.write(session.account().id(), RecordFormat.write(session), expectedVersion);
  }

  void prepare(SessionRecord session) {
    store.prepareWrite(session.account().id(), RecordFormat.write(session).length() + GROWTH);
  }

  /** All sessions of one client, as far as they can be read. */
  Listing list(String serverId, String clientId) {
    List<SessionRecord> sessions = new ArrayList<>();
    TokenStoreFailure unreadable = null;
    for (String id : store.keys()) {
      try {
        Loaded loaded = load(id);
        if (loaded != null
            && loaded.session().serverId().equals(serverId)
            && loaded.session().clientId().equals(clientId)) {
          sessions.add(loaded.session());
        }
      } catch (TokenStoreFailure e) {
        unreadable = e;
      }
    }
    return new Listing(sessions, unreadable);
  }

  /**
   * What could be read.
   *
   * @param unreadable why a record could not be, if so
   */
  record Listing(List<SessionRecord> sessions, @Nullable TokenStoreFailure unreadable) {}
}
