package dev.latchkey.internal.session;

import dev.latchkey.Account;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.RecordLimits;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Session records in the token store. Blocks; for workers only. */
final class RecordRepository {

  /** How much a redemption may lengthen a record: a new access token and a new refresh token. */
  private static final int GROWTH = 8_192;

  /** A typical session, and a key that no account has: no id is that short. */
  private static final int NEW_LENGTH = 2_048;

  private static final String NEW_KEY = "new";

  /** Problems of one record, which say nothing about the others. */
  private static final Set<Problem> OF_ONE_RECORD =
      EnumSet.of(Problem.DAMAGED, Problem.NEWER, Problem.AMBIGUOUS);

  /**
   * What the last listing found under one version of a record.
   *
   * @param session without its tokens; null if it is another client's
   */
  private record Seen(String version, @Nullable SessionRecord session) {}

  private final TokenStore store;
  private final String serverId;
  private final String clientId;

  /**
   * By id. No two writes of a record return the same version, so a record that still has this one,
   * whichever process wrote it, need not be parsed again.
   */
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

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
    StoredRecord stored = guarded(() -> store.read(id));
    if (stored == null) {
      return null;
    }
    SessionRecord record = read(id, stored);
    return record == null ? null : RecordSnapshot.stored(record, stored.version(), generation);
  }

  private @Nullable SessionRecord read(String id, StoredRecord stored) {
    return RecordCodec.readOurs(id, stored.content(), serverId, clientId);
  }

  /** The version of a record, readable or not; null if this client has none. */
  @Nullable String version(String id) {
    StoredRecord stored = guarded(() -> store.read(id));
    return stored == null || RecordCodec.isAnothers(stored.content(), serverId, clientId)
        ? null
        : stored.version();
  }

  /** Writes over the expected version; returns null if the store holds another one. */
  @Nullable String save(SessionRecord session, @Nullable String expectedVersion) {
    return guarded(() -> store.write(session.account().id(), content(session), expectedVersion));
  }

  /**
   * The record as text. Leaves out access tokens that do not fit: a refresh brings them again.
   *
   * @throws TokenStoreFailure if it is too long even so
   */
  static String content(SessionRecord session) {
    SessionRecord smaller = session;
    String content = RecordCodec.write(smaller);
    while (content.length() > RecordLimits.MAX_CONTENT_LENGTH && !smaller.tokens().isEmpty()) {
      smaller = smaller.withoutOldestToken();
      content = RecordCodec.write(smaller);
    }
    if (content.length() > RecordLimits.MAX_CONTENT_LENGTH) {
      throw new TokenStoreFailure(
          Problem.TOO_LARGE,
          "The session has "
              + content.length()
              + " characters, and a token store takes "
              + RecordLimits.MAX_CONTENT_LENGTH,
          "Have the server's operator shorten the refresh token, and sign in again.",
          null);
    }
    return content;
  }

  void prepare(SessionRecord session) {
    guarded(
        () -> {
          int length =
              Math.min(content(session).length() + GROWTH, RecordLimits.MAX_CONTENT_LENGTH);
          store.prepareWrite(session.account().id(), length);
          return null;
        });
  }

  /** Checks that the store would take the session of an account that is not known yet. */
  void prepareNew() {
    guarded(
        () -> {
          store.prepareWrite(NEW_KEY, NEW_LENGTH);
          return null;
        });
  }

  boolean delete(String id, String expectedVersion) {
    return guarded(() -> store.delete(id, expectedVersion));
  }

  TokenStore.Lease lease(String id, Duration timeout) throws InterruptedException {
    try {
      return store.lease(id, timeout);
    } catch (RuntimeException | Error e) {
      throw asFailure(e);
    }
  }

  /**
   * Lists the sessions of this client that can be read. Reads each record, because only the store
   * knows what other processes wrote, and parses those that have changed since the last listing.
   */
  Listing list() {
    List<SessionRecord> sessions = new ArrayList<>();
    List<TokenStoreFailure> unreadable = new ArrayList<>();
    TokenStoreFailure failure = null;
    Set<String> ids = guarded(store::keys);
    seen.keySet().retainAll(ids);
    for (String id : ids) {
      try {
        SessionRecord session = listed(id);
        if (session != null) {
          sessions.add(session);
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
   * Whether every session of this client in the store is of one tenant. An account keeps its
   * tenant: its id is made from its issuer, which has to name the tenant. So only accounts that no
   * listing met before are read.
   *
   * @param knownIds ids of accounts that are of this tenant for sure
   * @return false in doubt, for example if a record cannot be read for a reason of the store
   */
  boolean isAllOf(String tenantId, Set<String> knownIds) {
    for (String id : guarded(store::keys)) {
      if (!knownIds.contains(id)) {
        try {
          Seen known = seen.get(id);
          SessionRecord session = known == null ? listed(id) : known.session();
          if (session != null && !isNamedByIssuer(session.account(), tenantId)) {
            return false;
          }
        } catch (TokenStoreFailure e) {
          if (!OF_ONE_RECORD.contains(e.problem())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Whether an account is of this tenant, and its issuer says so. */
  static boolean isNamedByIssuer(Account account, String tenantId) {
    return tenantId.equals(account.tenantId()) && account.issuer().contains("/" + tenantId + "/");
  }

  private @Nullable SessionRecord listed(String id) {
    StoredRecord stored = guarded(() -> store.read(id));
    if (stored == null) {
      return null;
    }
    Seen known = seen.get(id);
    if (known == null || !known.version().equals(stored.version())) {
      SessionRecord record = read(id, stored);
      known = new Seen(stored.version(), record == null ? null : record.withoutTokens());
      seen.put(id, known);
    }
    return known.session();
  }

  /**
   * The result of a listing.
   *
   * @param sessions without their tokens
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

  private static <T extends @Nullable Object> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException | Error e) {
      throw asFailure(e);
    }
  }

  /**
   * A foreign store may throw what its contract forbids, a native library may not be loadable, the
   * heap may be full: none of it may cost a refresh token.
   */
  static TokenStoreFailure asFailure(Throwable e) {
    if (e instanceof TokenStoreFailure failure) {
      return failure;
    }
    return new TokenStoreFailure(
        TokenStoreFailure.Problem.UNAVAILABLE,
        "The token store failed with " + e.getClass().getName(),
        "Report it to the author of the token store.",
        e);
  }
}
