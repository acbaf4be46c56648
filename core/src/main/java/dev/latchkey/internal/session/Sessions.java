package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.TokenSource;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.Backoff;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.session.RecordRepository.Listing;
import dev.latchkey.internal.time.Jitter;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of one client in the store, and their sessions in this process. */
public final class Sessions {

  private static final Logger log = LoggerFactory.getLogger(Sessions.class);

  private record SourceKey(String accountId, String scopeKey) {}

  private final ClientConfig config;
  private final RecordRepository repository;
  private final Backoff signInBackoff;
  private final Map<String, Session> live = new ConcurrentHashMap<>();
  private final Map<SourceKey, CachedTokenSource> sources = new ConcurrentHashMap<>();

  /** Those of {@code sources} for the client's own scopes, by the account's id. */
  private final Map<String, TokenSource> ownSources = new ConcurrentHashMap<>();

  /**
   * Those of all accounts in {@code live}, which get here first; the empty string stands for an
   * account whose issuer does not name its tenant.
   */
  private final Set<String> tenants = ConcurrentHashMap.newKeySet();

  public Sessions(ClientConfig config) {
    this.config = config;
    this.repository = new RecordRepository(config);
    this.signInBackoff = new Backoff(config.time(), Jitter.NONE);
  }

  /** Delays the next sign-in when the server asks to wait. */
  public Backoff signInBackoff() {
    return signInBackoff;
  }

  /**
   * Checks that the store would take a new session, before a person is sent to the browser for one.
   * Fails with a {@link TokenStoreFailure}. Needs no worker: a sign-in begins also while all are
   * busy.
   */
  public CompletableFuture<Void> prepareSignIn() {
    CompletableFuture<Void> prepared = new CompletableFuture<>();
    AtomicBoolean begun = new AtomicBoolean(); // an executor may keep a task and throw all the same
    Runnable preparing =
        () -> {
          if (begun.compareAndSet(false, true)) {
            try {
              repository.prepareNew();
              prepared.complete(null);
            } catch (RuntimeException | Error e) {
              prepared.completeExceptionally(e);
            }
          }
        };
    try {
      config.callbacks().execute(preparing);
    } catch (RuntimeException | Error e) { // the executor was shut down, or has no thread
      preparing.run();
    }
    return prepared;
  }

  /** The tokens of one account and the client's own scopes. A known source allocates nothing. */
  public TokenSource tokens(Account account) {
    TokenSource known = ownSources.get(account.id());
    return known != null
        ? known
        : ownSources.computeIfAbsent(account.id(), id -> tokens(account, config.scopes()));
  }

  /** The tokens of one account and scope set; the same source each time. */
  public TokenSource tokens(Account account, Set<String> scopes) {
    return sources.computeIfAbsent(
        new SourceKey(account.id(), Scopes.key(scopes)),
        key -> {
          Session session = of(account);
          return new CachedTokenSource(config, session, session.cache(scopes));
        });
  }

  public Session of(Account account) {
    String tenantId = account.tenantId();
    tenants.add(
        tenantId != null && RecordRepository.isNamedByIssuer(account, tenantId) ? tenantId : "");
    return live.computeIfAbsent(account.id(), id -> new Session(config, account));
  }

  /** Waits until the refreshes that are under way have ended. Blocks for their requests. */
  public void awaitRefreshes() {
    sources.values().forEach(CachedTokenSource::awaitRefreshes);
  }

  /**
   * Tries once more to store the sessions in memory. Blocks on the store.
   *
   * @return why one of them cannot be stored; null if all are
   */
  public @Nullable TokenStoreFailure storeNow() throws InterruptedException {
    TokenStoreFailure failure = null;
    for (Session session : live.values()) {
      TokenStoreFailure again = session.store().storeNow();
      failure = failure == null ? again : failure;
    }
    return failure;
  }

  /**
   * Lists the sessions in the store and those in memory, without those that were signed out here
   * and could not be deleted. Blocks on the store.
   */
  public Listing list() {
    Listing stored = repository.list();
    Map<String, SessionRecord> all = new LinkedHashMap<>();
    for (SessionRecord record : stored.sessions()) {
      Session here = live.get(record.account().id());
      if (here == null || !here.store().isForgotten(record)) {
        all.put(record.account().id(), record);
      }
    }
    live.forEach(
        (id, session) -> {
          SessionRecord unsaved = session.store().inMemory();
          if (unsaved != null) {
            all.putIfAbsent(id, unsaved.withoutTokens());
          }
        });
    return new Listing(List.copyOf(all.values()), stored.unreadable(), stored.failure());
  }

  /**
   * The tenant of the session that was signed in last, in the store or in memory, if it is another
   * one than this account's. Where all accounts are of one tenant, which a look at their ids tells,
   * no record is read for it: the cost of a sign-in must not grow with the accounts. Blocks on the
   * store.
   *
   * @return null if the account has no tenant, or the last session is of the same one or of none
   */
  public @Nullable String lastTenantOtherThanOf(Account account) {
    String tenantId = account.tenantId();
    if (tenantId == null || isAllOf(tenantId)) {
      return null;
    }
    return list().sessions().stream()
        .max(Comparator.comparingLong(SessionRecord::signedInAt))
        .map(last -> last.account().tenantId())
        .filter(tenant -> !tenant.equals(tenantId))
        .orElse(null);
  }

  private boolean isAllOf(String tenantId) {
    Set<String> ids = Set.copyOf(live.keySet()); // before a look at their tenants
    return tenants.equals(Set.of(tenantId)) && repository.isAllOf(tenantId, ids);
  }

  /**
   * The scopes that the last sign-in of an account brought; none if there is no record that can be
   * read, which a sign-in replaces. Blocks on the store.
   */
  public Set<String> signInScopes(String accountId) {
    SessionRecord last = lastRecord(accountId);
    if (last == null) {
      return Set.of();
    }
    Set<String> brought = new LinkedHashSet<>(last.signInScopes());
    brought.removeAll(last.missingScopes());
    return brought;
  }

  /**
   * The scopes that the person of an account was asked for in vain, without those of the identity;
   * none if there is no record that can be read. Blocks on the store.
   */
  public Set<String> missingScopes(String accountId) {
    SessionRecord last = lastRecord(accountId);
    return last == null ? Set.of() : Scopes.withoutIdentity(last.missingScopes());
  }

  private @Nullable SessionRecord lastRecord(String accountId) {
    try {
      Session here = live.get(accountId);
      RecordSnapshot current = here == null ? repository.load(accountId, 0) : here.store().load();
      return current == null ? null : current.record();
    } catch (TokenStoreFailure e) {
      log.info("the other scopes of account {} are not known: {}", accountId, e.getMessage());
      return null;
    }
  }

  /** The status of an account; null if it is not signed in. Blocks on the store. */
  public @Nullable AccountStatus status(Account account) {
    RecordSnapshot current = of(account).store().load();
    if (current == null) {
      return null;
    }
    SessionRecord record = current.record();
    long skew = config.clock().skewOr(record.skewMillis());
    List<AccessToken> tokens =
        record.tokens().values().stream()
            .map(
                token ->
                    new AccessToken(
                        "",
                        token.type(),
                        Instant.ofEpochMilli(token.endsAtHere(skew)),
                        token.scopes(),
                        AccessToken.Source.CACHE))
            .toList();
    return new AccountStatus(
        record.account(),
        signInRequired(record),
        record.refreshToken() != null && record.ended() == null,
        record.signInScopes(),
        tokens);
  }

  private SignInRequired.@Nullable Reason signInRequired(SessionRecord record) {
    if (record.ended() != null || record.refreshToken() != null) {
      return record.ended();
    }
    long serverNow = config.time().wallMillis() + config.clock().skewOr(record.skewMillis());
    boolean usable =
        record.tokens().values().stream().anyMatch(token -> token.endsAt() > serverNow);
    return usable ? null : SignInRequired.Reason.NO_REFRESH_TOKEN;
  }
}
