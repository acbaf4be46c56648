package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The token store, spoken to in session records. Blocks; for workers only. */
final class Vault {

  /** How much a record may grow by one redemption: a new access and a new refresh token. */
  private static final int GROWTH = 8_192;

  /** What every store takes. */
  private static final int LONGEST_CONTENT = 100_000;

  /** A session and the version of the stored record that it stands on. */
  record Loaded(SessionRecord session, String version) {}

  private final TokenStore store;
  private final String serverId;
  private final String clientId;

  Vault(ClientSetup setup) {
    this.store = setup.store();
    this.serverId = setup.server().id();
    this.clientId = setup.clientId();
  }

  /** Null if there is none, or it is another client's, whose refresh token is of no use to this. */
  @Nullable Loaded load(String id) {
    StoredRecord stored = guarded(() -> store.read(id));
    if (stored == null) {
      return null;
    }
    SessionRecord session = RecordFormat.read(id, stored.content());
    return isOurs(session) ? new Loaded(session, stored.version()) : null;
  }

  private boolean isOurs(SessionRecord session) {
    return session.serverId().equals(serverId) && session.clientId().equals(clientId);
  }

  /** The version of a record that need not be readable; null if there is none of this client. */
  @Nullable String version(String id) {
    StoredRecord stored = guarded(() -> store.read(id));
    try {
      boolean ours = stored != null && isOurs(RecordFormat.read(id, stored.content()));
      return ours ? stored.version() : null;
    } catch (TokenStoreFailure e) {
      return stored == null ? null : stored.version();
    }
  }

  /** Writes if the expected version is still there; null if it is not. */
  @Nullable String save(SessionRecord session, @Nullable String expectedVersion) {
    String content = content(session);
    return guarded(() -> store.write(session.account().id(), content, expectedVersion));
  }

  /** As text; access tokens that there is no room for are left out, since they can be had again. */
  private static String content(SessionRecord session) {
    SessionRecord smaller = session;
    String content = RecordFormat.write(smaller);
    while (content.length() > LONGEST_CONTENT && !smaller.tokens().isEmpty()) {
      smaller = smaller.withoutOldestToken();
      content = RecordFormat.write(smaller);
    }
    return content;
  }

  void prepare(SessionRecord session) {
    int length = Math.min(content(session).length() + GROWTH, LONGEST_CONTENT);
    guarded(
        () -> {
          store.prepareWrite(session.account().id(), length);
          return null;
        });
  }

  boolean delete(String id, String expectedVersion) {
    return guarded(() -> store.delete(id, expectedVersion));
  }

  TokenStore.Lease lease(String id, Duration timeout) throws InterruptedException {
    try {
      return store.lease(id, timeout);
    } catch (TokenStoreFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  /** All sessions of this client, as far as they can be read. */
  Listing list() {
    List<SessionRecord> sessions = new ArrayList<>();
    TokenStoreFailure unreadable = null;
    for (String id : guarded(store::keys)) {
      try {
        Loaded loaded = load(id);
        if (loaded != null) {
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

  /** A store of somebody else's that throws what it should not must not cost a refresh token. */
  private static <T extends @Nullable Object> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (TokenStoreFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  private static TokenStoreFailure broken(RuntimeException e) {
    return new TokenStoreFailure(
        TokenStoreFailure.Problem.UNAVAILABLE,
        "The token store failed with " + e.getClass().getName(),
        "Report it to the author of the token store.",
        e);
  }
}
