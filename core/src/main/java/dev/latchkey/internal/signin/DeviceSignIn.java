package dev.latchkey.internal.signin;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.Throttled;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.ExitGuard;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.DeviceAuthorizationResponse;
import dev.latchkey.internal.oauth.Exchange;
import dev.latchkey.internal.oauth.Form;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device sign-in from its first request to the stored session. */
public final class DeviceSignIn {

  private static final Logger log = LoggerFactory.getLogger(DeviceSignIn.class);
  private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String BEGINNING = "sign-in";
  private static final Context BEGIN = Context.of(Context.Request.DEVICE_AUTHORIZATION);

  /** The tolerance for clocks, besides the known skew, when an ID token is checked. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private final ClientConfig config;
  private final Sessions sessions;
  private final @Nullable String claims;
  private final @Nullable String accountId;
  private final @Nullable Locale locale;

  /**
   * Creates one; it does nothing before {@link #begin()}.
   *
   * @param claims those of a challenge to satisfy, if any
   * @param accountId the id for an account without an ID token; null for a random one
   * @param locale the language of the server's texts; null for the server's default
   */
  public DeviceSignIn(
      ClientConfig config,
      Sessions sessions,
      @Nullable Claims claims,
      @Nullable String accountId,
      @Nullable Locale locale) {
    this.config = config;
    this.sessions = sessions;
    this.claims = Claims.parameter(claims, config.capabilities());
    this.accountId = accountId;
    this.locale = locale;
  }

  /**
   * Sends the device authorization request, after a discovery if the metadata is not known yet.
   * Cancelling the future aborts the request or prevents it. A discovery goes on, because others
   * may wait for it.
   */
  public CompletableFuture<PollingSignIn> begin() {
    sessions.signInBackoff().check(BEGINNING);
    Exchange exchange = config.exchange().get();
    CompletableFuture<PollingSignIn> begun = new CompletableFuture<>();
    Futures.then(
        config.server().metadata(exchange).thenCompose(metadata -> ask(exchange, metadata, begun)),
        (signIn, failure) -> {
          if (failure != null) {
            begun.completeExceptionally(remembered(failure));
          } else if (!begun.complete(signIn)) {
            signIn.cancel(); // cancelled a moment ago
          }
        });
    return begun;
  }

  /** A server that asks to wait, at whichever endpoint, delays the next sign-in too. */
  private Throwable remembered(Throwable failure) {
    boolean askedToWait =
        failure instanceof Throttled
            || (failure instanceof ServiceUnavailable down && down.retryAfter() != null);
    return askedToWait
        ? sessions.signInBackoff().failed(BEGINNING, (LatchkeyException) failure)
        : failure;
  }

  private CompletableFuture<PollingSignIn> ask(
      Exchange exchange, Metadata metadata, CompletableFuture<PollingSignIn> begun) {
    if (begun.isDone()) {
      throw new CancellationException("cancelled");
    }
    Form form =
        new Form()
            .add("client_id", config.clientId())
            .add("scope", String.join(" ", config.scopes()))
            .add("claims", claims);
    Map<String, String> headers =
        locale == null ? Map.of() : Map.of("Accept-Language", locale.toLanguageTag());
    CompletableFuture<Reply> call =
        exchange.post(config.server().deviceAuthorizationEndpoint(metadata, locale), form, headers);
    Futures.then(begun, (signIn, failure) -> call.cancel(true));
    return call.handle(
        (reply, failure) -> {
          if (failure == null) {
            return pending(metadata, reply);
          }
          throw Futures.unwrap(failure) instanceof TransportFailure broken
              ? OAuthErrorMapper.toException(broken, BEGIN)
              : Futures.unchecked(failure);
        });
  }

  private PollingSignIn pending(Metadata metadata, Reply reply) {
    config.clock().observe(reply);
    if (!reply.ok()) {
      throw OAuthErrorMapper.toException(reply, BEGIN);
    }
    sessions.signInBackoff().clear();
    DeviceAuthorizationResponse answer = DeviceAuthorizationResponse.parse(reply);
    Form poll =
        new Form()
            .add("grant_type", GRANT_TYPE)
            .add("client_id", config.clientId())
            .add("device_code", answer.deviceCode())
            .add("claims", claims);
    PollingSignIn signIn =
        new PollingSignIn(
            answer.shown(),
            reply,
            metadata.tokenEndpoint(),
            poll,
            config,
            (tokens, answered) -> commit(metadata, tokens, answered));
    signIn.start();
    return signIn;
  }

  private SignInResult commit(Metadata metadata, TokenResponse tokens, Reply reply)
      throws InterruptedException {
    config.clock().observe(reply);
    Account account = account(metadata, tokens);
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

  private Account account(Metadata metadata, TokenResponse tokens) {
    if (tokens.idToken() == null) {
      return Identity.anonymous(config.server().id(), accountId);
    }
    IdToken token = IdToken.parse(tokens.idToken());
    Instant serverNow =
        Instant.ofEpochMilli(config.time().wallMillis() + config.clock().skewMillis());
    token.verify(metadata.issuer(), config.clientId(), serverNow, LEEWAY);
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
