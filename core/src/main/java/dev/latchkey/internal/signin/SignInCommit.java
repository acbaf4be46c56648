package dev.latchkey.internal.signin;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.SignInResult;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.ExitGuard;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.session.ClientConfig;
import dev.latchkey.internal.session.GrantedToken;
import dev.latchkey.internal.session.Session;
import dev.latchkey.internal.session.SessionRecord;
import dev.latchkey.internal.session.SessionRecord.StoredToken;
import dev.latchkey.internal.session.Sessions;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the tokens of an approved sign-in into an account and its stored session. */
final class SignInCommit {

  private static final Logger log = LoggerFactory.getLogger(SignInCommit.class);

  private final ClientConfig config;
  private final Sessions sessions;
  private final @Nullable String issuer;
  private final @Nullable String accountId;

  /**
   * Creates one for a single sign-in.
   *
   * @param issuer the issuer that the ID token has to name; null if it is unknown
   * @param accountId the id for an account without an ID token; null for a random one
   */
  SignInCommit(
      ClientConfig config, Sessions sessions, @Nullable String issuer, @Nullable String accountId) {
    this.config = config;
    this.sessions = sessions;
    this.issuer = issuer;
    this.accountId = accountId;
  }

  /**
   * Stores the session and makes its tokens available. Blocks on the store.
   *
   * @param reply the response that brought the tokens
   * @throws InvalidResponse if the ID token is not one for this client from this server
   * @throws InterruptedException if the thread was interrupted while it waited for the session
   */
  SignInResult commit(TokenResponse tokens, Reply reply) throws InterruptedException {
    config.clock().observe(reply);
    Account account = account(tokens);
    GrantedToken grant =
        GrantedToken.of(tokens, reply, config.scopes(), config.clock().skewMillis());
    boolean canRefresh = tokens.refreshToken() != null;
    if (config.refreshWanted() && !canRefresh) {
      log.warn(
          "no refresh token came: the server does not grant offline_access to this client or"
              + " account, and the person has to sign in again when the access token expires");
    }
    String before = tenantBefore(account);
    Session session = sessions.of(account);
    TokenStoreFailure failure;
    try (ExitGuard guard = ExitGuard.enter()) {
      failure = session.signIn(record(account, tokens, grant), grant.cached());
    }
    if (before != null) {
      session.tell(listener -> listener.tenantSwitched(account, before));
    }
    AccessToken token = grant.cached().tokenFrom(AccessToken.Source.REFRESH);
    return new SignInResult(account, token, canRefresh, before, failure);
  }

  private Account account(TokenResponse tokens) {
    if (tokens.idToken() == null) {
      return Identity.anonymous(config.server().id(), accountId);
    }
    IdToken token = IdToken.parse(tokens.idToken());
    token.verify(issuer, config.clientId(), config.clock().now(0));
    return Identity.of(config.server().id(), config.clientId(), token);
  }

  private SessionRecord record(Account account, TokenResponse tokens, GrantedToken grant) {
    StoredToken stored = grant.stored();
    long skew = config.clock().skewMillis();
    return new SessionRecord(
        config.server().id(),
        config.clientId(),
        account,
        config.scopes(),
        stored.scopes().missing(),
        config.time().wallMillis() + skew,
        tokens.refreshToken(),
        null,
        false,
        skew,
        Map.of(Scopes.key(config.scopes()), stored));
  }

  /** The tenant of the account that signed in last, if it is another tenant; null otherwise. */
  private @Nullable String tenantBefore(Account account) {
    if (account.tenantId() == null) {
      return null;
    }
    try {
      return sessions.list().sessions().stream()
          .max(Comparator.comparingLong(SessionRecord::signedInAt))
          .map(last -> last.account().tenantId())
          .filter(tenant -> !Objects.equals(tenant, account.tenantId()))
          .orElse(null);
    } catch (LatchkeyException e) { // the write that follows reports it
      log.debug("the last account is unknown: {}", e.getMessage());
      return null;
    }
  }
}
