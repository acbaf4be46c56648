package dev.latchkey;

import dev.latchkey.Vault.Listing;
import dev.latchkey.Vault.Loaded;
import dev.latchkey.error.SignInRequired;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The accounts of one client: those in the store, and their sessions in this process. */
final class Sessions {

  private final ClientSetup setup;
  private final Vault vault;
  private final Map<String, Session> live = new ConcurrentHashMap<>();

  Sessions(ClientSetup setup) {
    this.setup = setup;
    this.vault = new Vault(setup.store());
  }

  Session of(Account account) {
    return live.computeIfAbsent(account.id(), id -> new Session(setup, account));
  }

  /** Blocks on the store. */
  Listing list() {
    return vault.list(setup.server().id(), setup.clientId());
  }

  /** Blocks on the store; null if the account is not in it. */
  @Nullable AccountStatus status(Account account) {
    Loaded loaded = of(account).load();
    if (loaded == null) {
      return null;
    }
    SessionRecord record = loaded.session();
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
