package dev.latchkey;

import dev.latchkey.Vault.Loaded;
import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.wire.Context;
import dev.latchkey.wire.ErrorMapping;
import dev.latchkey.wire.Exchange;
import dev.latchkey.wire.Form;
import dev.latchkey.wire.Reply;
import dev.latchkey.wire.TokenResponse;
import dev.latchkey.wire.TransportFailure;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spends a refresh token once, under the lease, and stores what came back before anybody sees it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749 §6</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700 §4.14.2</a>
 */
final class Redemption {

  private static final Logger log = LoggerFactory.getLogger(Redemption.class);

  private final ClientSetup setup;
  private final Session session;
  private final ScopedTokens source;
  private final @Nullable String claims;

  Redemption(ClientSetup setup, Session session, ScopedTokens source, @Nullable String claims) {
    this.setup = setup;
    this.session = session;
    this.source = source;
    this.claims = claims;
  }

  /**
   * Redeems.
   *
   * @return the token, stored and ready; null if the record changed meanwhile and counts instead
   */
  @Nullable Held redeem(Loaded loaded) {
    Reply reply = send(loaded);
    setup.clock().observe(reply, setup.time().wallMillis());
    if (reply.ok()) {
      return succeeded(loaded, reply);
    }
    if (isRefusal(reply)) {
      return refused(loaded, reply);
    }
    // A gateway's 502, a 200 that is no JSON: the server may have rotated the token all the same.
    if (reply.status() != 429 && reply.status() != 503) {
      doubt(loaded);
    }
    throw ErrorMapping.toException(reply, context());
  }

  private Reply send(Loaded loaded) {
    try {
      return sendOnce(loaded.session());
    } catch (TransportFailure first) {
      if (!first.neverLeft()) {
        throw lost(loaded, first);
      }
    }
    try { // a request that provably never left may be retried at once
      return sendOnce(loaded.session());
    } catch (TransportFailure second) {
      throw second.neverLeft() ? unreachable(second) : lost(loaded, second);
    }
  }

  private Reply sendOnce(SessionRecord record) {
    Exchange exchange = setup.exchange().get();
    Form form =
        new Form()
            .add("grant_type", "refresh_token")
            .add("client_id", setup.clientId())
            .add("refresh_token", record.refreshToken())
            .add("scope", String.join(" ", scopes(record)))
            .add("claims", Claims.parameter(claims, setup.capabilities()));
    try {
      return setup
          .server()
          .metadata(exchange)
          .thenCompose(metadata -> exchange.post(metadata.tokenEndpoint(), form, Map.of()))
          .join();
    } catch (CompletionException e) {
      throw Futures.unchecked(e);
    }
  }

  /** What the sign-in did not get is not asked for again: oidc-provider refuses all for it. */
  private Set<String> scopes(SessionRecord record) {
    Set<String> scopes = new LinkedHashSet<>(source.scopes());
    if (record.signInScopes().equals(source.scopes())) {
      scopes.removeAll(record.missingScopes());
    }
    return scopes;
  }

  private @Nullable Held succeeded(Loaded loaded, Reply reply) {
    SessionRecord before = loaded.session();
    TokenResponse tokens;
    try {
      tokens = TokenResponse.parse(reply);
    } catch (InvalidResponse e) {
      doubt(loaded);
      throw e;
    }
    try {
      Identity.requireSame(tokens, before.account());
    } catch (InvalidResponse e) {
      session.save(before.rotated(tokens.refreshToken()), loaded.version());
      throw e;
    }
    Grant grant = Grant.of(tokens, reply, source.scopes(), setup.clock().skewMillis());
    SessionRecord after =
        before.refreshed(
            tokens.refreshToken(), setup.clock().skewMillis(), source.key(), grant.stored());
    return keep(after, loaded.version()) ? grant.held() : null;
  }

  /** Stores; false if another token than the one sent is in the store by now. */
  private boolean keep(SessionRecord after, @Nullable String version) {
    if (!session.save(after, version).conflict()) {
      return true;
    }
    Loaded now = session.load();
    if (now == null) {
      log.info("session {} was signed out meanwhile", session.account().id());
    }
    return false;
  }

  private @Nullable Held refused(Loaded loaded, Reply reply) {
    SessionRecord sent = loaded.session();
    LatchkeyException refusal = ErrorMapping.toException(reply, context());
    OAuthError error = reply.error();
    if (!(refusal instanceof SignInRequired why)
        || error == null
        || !error.error().equals("invalid_grant")) {
      throw refusal instanceof SignInRequired why ? withClaims(why, why.reason()) : refusal;
    }
    Loaded now = session.load();
    if (now == null || !Objects.equals(now.session().refreshToken(), sent.refreshToken())) {
      return null; // somebody else's token counts: it is looked at again
    }
    if (isForThisRequestOnly(why)) {
      throw withClaims(why, why.reason());
    }
    boolean unexplained = error.aadsts().isEmpty() && error.suberror() == null;
    Reason reason = sent.doubtful() && unexplained ? Reason.REFRESH_ANSWER_LOST : why.reason();
    session.save(now.session().ended(reason), now.version());
    SignInRequired ended = withClaims(why, reason);
    session.tell(listener -> listener.signInRequired(session.account(), ended));
    throw ended;
  }

  /** Entra refuses one scope set or one policy with the same code; the session itself goes on. */
  private static boolean isForThisRequestOnly(SignInRequired why) {
    OAuthError error = why.oauthError();
    boolean entra = error != null && !error.aadsts().isEmpty();
    return why.claims() != null
        || (entra
            && (why.reason() == Reason.CLAIMS_CHALLENGE
                || why.reason() == Reason.CONSENT_REQUIRED));
  }

  private SignInRequired withClaims(SignInRequired why, Reason reason) {
    String wanted = why.claims() != null ? why.claims() : claims;
    return new SignInRequired(
        reason,
        wanted,
        session.account().id(),
        why.getMessage(),
        why.oauthError(),
        why.remedy(),
        why.getCause());
  }

  /** The server read the request and said no in its own words: nothing was spent. */
  private static boolean isRefusal(Reply reply) {
    return reply.error() != null && reply.status() < 500 && reply.status() != 429;
  }

  private LatchkeyException lost(Loaded loaded, TransportFailure failure) {
    doubt(loaded);
    return unreachable(failure);
  }

  private void doubt(Loaded loaded) {
    if (!loaded.session().doubtful()) {
      session.save(loaded.session().doubted(), loaded.version());
    }
  }

  private LatchkeyException unreachable(TransportFailure failure) {
    return ErrorMapping.toException(failure, context());
  }

  private Context context() {
    return new Context(Context.Request.REFRESH, session.account().id(), null);
  }
}
