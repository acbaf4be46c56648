package dev.latchkey.internal.session;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The token store, spoken to in session records. Blocks; for workers only. */
final class RecordRepository {

  /** How much a record may grow by one redemption: a new access and a new refresh token. */
  private static final int GROWTH = 8_192;

  /** What every store takes. */
  private static final int LONGEST_CONTENT = 100_000;

  /** What is wrong with one record says nothing of the others. */
  private static final Set<Problem> OF_ONE_RECORD =
      EnumSet.of(Problem.DAMAGED, Problem.NEWER, Problem.AMBIGUOUS);

  /** A session and the version of the stored record that it stands on. */
  record Loaded(SessionRecord session, String version) {}

  private final TokenStore store;
  private final String serverId;
  private final String clientId;

  RecordRepository(ClientConfig setup) {
    this.store = setup.store();
    this.serverId = setup.server().id();
    this.clientId = setup.clientId();
  }

  /** Null if there is none, or it is another client's, whose refresh token is of no use to this. */
  @Nullable Loaded load(String id) {
    StoredRecord stored = ours(id);
    return stored == null
        ? null
        : new Loaded(RecordCodec.read(id, stored.content()), stored.version());
  }

  /** The version of a record that need not be readable; null if there is none of this client. */
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

  /** Writes if the expected version is still there; null if it is not. */
  @Nullable String save(SessionRecord session, @Nullable String expectedVersion) {
    String content = content(session);
    return guarded(() -> store.write(session.account().id(), content, expectedVersion));
  }

  /** As text; access tokens that there is no room for are left out, since they can be had again. */
  private static String content(SessionRecord session) {
    SessionRecord smaller = session;
    String content = RecordCodec.write(smaller);
    while (content.length() > LONGEST_CONTENT && !smaller.tokens().isEmpty()) {
      smaller = smaller.withoutOldestToken();
      content = RecordCodec.write(smaller);
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
    List<TokenStoreFailure> unreadable = new ArrayList<>();
    TokenStoreFailure failure = null;
    for (String id : guarded(store::keys)) {
      try {
        Loaded loaded = load(id);
        if (loaded != null) {
          sessions.add(loaded.session());
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
   * What could be read.
   *
   * @param unreadable why single records could not be: of this client, or of nobody knows whom
   * @param failure why the store itself failed, if it did
   */
  public record Listing(
      List<SessionRecord> sessions,
      List<TokenStoreFailure> unreadable,
      @Nullable TokenStoreFailure failure) {

    /** The same, unless the store itself failed. */
    public Listing orThrow() {
      if (failure != null) {
        throw failure;
      }
      return this;
    }
  }

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
