package dev.latchkey.internal.session;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.AccountStatus;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.internal.session.RecordRepository.Listing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accounts of one client: those in the store, and their sessions in this process. */
public final class Sessions {

  private final ClientConfig setup;
  private final RecordRepository vault;
  private final Backoff busy;
  private final Map<String, Session> live = new ConcurrentHashMap<>();

  public Sessions(ClientConfig setup) {
    this.setup = setup;
    this.vault = new RecordRepository(setup);
    this.busy = new Backoff(setup.time());
  }

  /** Whether the server asked to begin no sign-in for a while. */
  public Backoff busy() {
    return busy;
  }

  public Session of(Account account) {
    return live.computeIfAbsent(account.id(), id -> new Session(setup, account));
  }

  /** Those in the store, and those that it did not take. Blocks on the store. */
  public Listing list() {
    Listing stored = vault.list();
    Map<String, SessionRecord> all = new LinkedHashMap<>();
    stored.sessions().forEach(session -> all.put(session.account().id(), session));
    live.forEach(
        (id, session) -> {
          SessionRecord unsaved = session.records().inMemory();
          if (unsaved != null) {
            all.putIfAbsent(id, unsaved);
          }
        });
    return new Listing(List.copyOf(all.values()), stored.unreadable(), stored.failure());
  }

  /** Blocks on the store; null if the account is not in it. */
  public @Nullable AccountStatus status(Account account) {
    RecordSnapshot current = of(account).records().load();
    if (current == null) {
      return null;
    }
    SessionRecord record = current.session();
    long skew = setup.clock().skewOr(record.skewMillis());
    List<AccessToken> tokens =
        record.tokens().values().stream()
            .map(
                token ->
                    new AccessToken(
                        "",
                        token.type(),
                        Instant.ofEpochMilli(token.endsAt() - skew),
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
    long serverNow = setup.time().wallMillis() + setup.clock().skewOr(record.skewMillis());
    boolean usable =
        record.tokens().values().stream().anyMatch(token -> token.endsAt() > serverNow);
    return usable ? null : SignInRequired.Reason.NO_REFRESH_TOKEN;
  }
}
