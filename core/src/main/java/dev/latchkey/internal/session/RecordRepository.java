package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.RecordLimits;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Session records in the token store. Blocks; for workers only. */
final class RecordRepository {

  /** How much a redemption may lengthen a record: a new access token and a new refresh token. */
  private static final int GROWTH = 8_192;

  /** Problems of one record, which say nothing about the others. */
  private static final Set<Problem> OF_ONE_RECORD =
      EnumSet.of(Problem.DAMAGED, Problem.NEWER, Problem.AMBIGUOUS);

  private final TokenStore store;
  private final String serverId;
  private final String clientId;

  RecordRepository(ClientConfig config) {
    this.store = config.store();
    this.serverId = config.server().id();
    this.clientId = config.clientId();
  }

  /**
   * Loads one record.
   *
   * @param generation the generation that the snapshot belongs to
   * @return null if there is no record, or it belongs to another client, which alone can use it
   */
  @Nullable RecordSnapshot load(String id, int generation) {
    StoredRecord stored = ours(id);
    return stored == null
        ? null
        : RecordSnapshot.stored(
            RecordCodec.read(id, stored.content()), stored.version(), generation);
  }

  /** The version of a record, readable or not; null if this client has none. */
  @Nullable String version(String id) {
    StoredRecord stored = ours(id);
    return stored == null ? null : stored.version();
  }

  private @Nullable StoredRecord ours(String id) {
    StoredRecord stored = guarded(() -> store.read(id));
    return stored == null || RecordCodec.isAnothers(stored.content(), serverId, clientId)
        ? null
        : stored;
  }

  /** Writes over the expected version; returns null if the store holds another one. */
  @Nullable String save(SessionRecord session, @Nullable String expectedVersion) {
    String content = content(session);
    return guarded(() -> store.write(session.account().id(), content, expectedVersion));
  }

  /** The record as text. Leaves out access tokens that do not fit: a refresh brings them again. */
  private static String content(SessionRecord session) {
    SessionRecord smaller = session;
    String content = RecordCodec.write(smaller);
    while (content.length() > RecordLimits.MAX_CONTENT_LENGTH && !smaller.tokens().isEmpty()) {
      smaller = smaller.withoutOldestToken();
      content = RecordCodec.write(smaller);
    }
    return content;
  }

  void prepare(SessionRecord session) {
    int length = Math.min(content(session).length() + GROWTH, RecordLimits.MAX_CONTENT_LENGTH);
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

  /** Lists the sessions of this client that can be read. */
  Listing list() {
    List<SessionRecord> sessions = new ArrayList<>();
    List<TokenStoreFailure> unreadable = new ArrayList<>();
    TokenStoreFailure failure = null;
    for (String id : guarded(store::keys)) {
      try {
        RecordSnapshot loaded = load(id, 0);
        if (loaded != null) {
          sessions.add(loaded.record());
        }
      } catch (TokenStoreFailure e) {
        if (OF_ONE_RECORD.contains(e.problem())) {
          unreadable.add(e);
        } else {
          failure = e;
        }
      }
    }
    return new Listing(sessions, unreadable, failure);
  }

  /**
   * The result of a listing.
   *
   * @param unreadable why single records, of this client or of an unknown one, could not be read
   * @param failure why the store itself failed; null if it did not
   */
  public record Listing(
      List<SessionRecord> sessions,
      List<TokenStoreFailure> unreadable,
      @Nullable TokenStoreFailure failure) {

    /** Returns this listing, or throws if the store itself failed. */
    public Listing orThrow() {
      if (failure != null) {
        throw failure;
      }
      return this;
    }
  }

  /** A foreign store may throw what its contract forbids; that must not cost a refresh token. */
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
