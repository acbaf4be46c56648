package dev.latchkey.internal.signin;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.SignInResult;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.ServiceUnavailable;
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
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the tokens of an approved sign-in into an account and its stored session. */
final class SignInCommit {

  private static final Logger log = LoggerFactory.getLogger(SignInCommit.class);

  private record Ready(SessionRecord record, GrantedToken token) {}

  private final ClientConfig config;
  private final Sessions sessions;
  private final @Nullable String issuer;
  private final @Nullable String accountId;
  private final Set<String> scopes;
  private final @Nullable String nonce;

  /**
   * Creates one for a single sign-in with a device code, which has no nonce.
   *
   * @param issuer the issuer that the ID token has to name; null if it is unknown
   * @param accountId the id for an account without an ID token; null for a random one
   * @param scopes the scopes that the sign-in requested
   */
  SignInCommit(
      ClientConfig config,
      Sessions sessions,
      @Nullable String issuer,
      @Nullable String accountId,
      Set<String> scopes) {
    this(config, sessions, issuer, accountId, scopes, null);
  }

  /**
   * Creates one for a single sign-in.
   *
   * @param nonce what the ID token has to repeat; null if the request had none
   */
  SignInCommit(
      ClientConfig config,
      Sessions sessions,
      @Nullable String issuer,
      @Nullable String accountId,
      Set<String> scopes,
      @Nullable String nonce) {
    this.config = config;
    this.sessions = sessions;
    this.issuer = issuer;
    this.accountId = accountId;
    this.scopes = scopes;
    this.nonce = nonce;
  }

  /**
   * Stores the session and makes its tokens available. Blocks on the store.
   *
   * @param reply the response that brought the tokens
   * @throws InvalidResponse if the ID token is not one for this client from this server. Nothing is
   *     stored then
   * @throws ServiceUnavailable if the access token could not be read for a reason that nobody
   *     foresaw. The session is stored then, and can be refreshed
   */
  SignInResult commit(TokenResponse tokens, Reply reply) {
    config.clock().observe(reply);
    Account account = account(tokens);
    Session session = sessions.of(account);
    Ready ready;
    String before;
    TokenStoreFailure failure;
    try (ExitGuard guard = ExitGuard.enterToStore()) {
      ready = ready(account, session, tokens, reply, askedInVain(account));
      before = tenantBefore(account);
      failure = session.signIn(ready.record(), ready.token().cached());
    }
    ready.token().logScopes();
    boolean canRefresh = tokens.refreshToken() != null;
    if (config.refreshWanted() && !canRefresh) {
      log.warn(
          "no refresh token came: {}, and the person has to sign in again when the access token"
              + " expires",
          scopes.contains("offline_access")
              ? "the server does not grant offline_access to this client or account"
              : "offline_access is not among the scopes that the client names");
    }
    if (before != null) {
      session.tell(listener -> listener.tenantSwitched(account, before));
    }
    AccessToken token = ready.token().cached().tokenFrom(AccessToken.Source.REFRESH);
    return new SignInResult(account, token, canRefresh, before, failure);
  }

  /** Whatever goes wrong here, an Error too, costs no refresh token: it is stored first. */
  private Ready ready(
      Account account,
      Session session,
      TokenResponse tokens,
      Reply reply,
      Set<String> askedInVain) {
    try {
      GrantedToken token =
          GrantedToken.of(tokens, reply, scopes, tokens.refreshToken() != null, config.clock());
      return new Ready(record(account, tokens, token.stored(), askedInVain), token);
    } catch (RuntimeException | Error e) {
      if (tokens.refreshToken() != null) {
        session.signIn(record(account, tokens, null, askedInVain), null);
      }
      throw new ServiceUnavailable(
          null,
          "The sign-in was aborted: " + e.getClass().getName(),
          null,
          "Look whether the account is signed in; if not, sign in again.",
          e);
    }
  }

  private Account account(TokenResponse tokens) {
    if (tokens.idToken() == null) {
      return Identity.anonymous(config.server().id(), accountId);
    }
    IdToken token = IdToken.parse(tokens.idToken());
    token.verify(issuer, config.clientId(), config.clock().now(0));
    if (nonce != null) {
      token.requireNonce(nonce);
    }
    return Identity.of(config.server().id(), config.clientId(), token);
  }

  /** The record of the sign-in, with the access token if it came. */
  private SessionRecord record(
      Account account,
      TokenResponse tokens,
      @Nullable StoredToken stored,
      Set<String> askedInVain) {
    long skew = config.clock().skewMillis();
    return new SessionRecord(
        config.server().id(),
        config.clientId(),
        account,
        scopes,
        missing(stored, askedInVain),
        config.time().wallMillis() + skew,
        tokens.refreshToken(),
        null,
        false,
        skew,
        stored == null ? Map.of() : Map.of(Scopes.key(scopes), stored));
  }

  /**
   * What this sign-in did not bring, and what earlier ones did not and this one did not ask for: a
   * handler of two scope sets that the server grants to nobody would else send the person to the
   * browser for each in turn.
   */
  private Set<String> missing(@Nullable StoredToken stored, Set<String> askedInVain) {
    Set<String> missing = new LinkedHashSet<>(askedInVain);
    missing.removeAll(scopes);
    if (stored != null) {
      missing.removeAll(stored.scopes().granted());
      missing.addAll(stored.scopes().missing());
    }
    return Collections.unmodifiableSet(missing);
  }

  /** The scopes that the account's sign-ins so far did not bring; none if they are not known. */
  private Set<String> askedInVain(Account account) {
    try {
      return sessions.missingScopes(account.id());
    } catch (RuntimeException | Error e) { // the write that follows reports it
      return Set.of();
    }
  }

  /** The tenant of the account that signed in last, if it is another tenant; null otherwise. */
  private @Nullable String tenantBefore(Account account) {
    try {
      return sessions.lastTenantOtherThanOf(account);
    } catch (RuntimeException | Error e) { // the write that follows reports it
      return null;
    }
  }
}
