package dev.latchkey.internal.session;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.OAuthError;
import dev.latchkey.error.ServiceUnavailable;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.concurrent.Sequel;
import dev.latchkey.internal.error.Context;
import dev.latchkey.internal.error.OAuthErrorMapper;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.oauth.UnreadReply;
import dev.latchkey.internal.session.RefreshResponse.Asked;
import dev.latchkey.internal.session.RefreshResponse.ForAnother;
import dev.latchkey.internal.session.RefreshResponse.Granted;
import dev.latchkey.internal.session.RefreshResponse.NotGranted;
import dev.latchkey.internal.session.RefreshResponse.Unusable;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redeems a refresh token once, under the lease, and stores the answer before anybody sees it.
 * Before the request leaves, the record is marked as possibly spent, because a process that is
 * killed can no longer do so.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2">RFC 9700 §4.14.2</a>
 */
final class RefreshGrant {

  private static final Logger log = LoggerFactory.getLogger(RefreshGrant.class);

  /** The reasons that servers give for a refresh token that was spent already. */
  private static final Set<Reason> SPENT =
      Set.of(Reason.GRANT_REJECTED, Reason.REUSE_DETECTED, Reason.REVOKED);

  /** The refresh token is good for nothing: RFC 6749 §5.2, and GitHub's name for it. */
  private static final Set<String> DEAD = Set.of("invalid_grant", "bad_refresh_token");

  private final ClientConfig config;
  private final Session session;
  private final SessionStore store;
  private final Set<String> scopes;
  private final @Nullable Claims claims;

  RefreshGrant(ClientConfig config, Session session, Set<String> scopes, @Nullable Claims claims) {
    this.config = config;
    this.session = session;
    this.store = session.store();
    this.scopes = scopes;
    this.claims = claims;
  }

  /**
   * Redeems the refresh token of a record.
   *
   * @return the new access token, already stored; null if the record was changed meanwhile, which
   *     counts instead. No thread waits for it, and it comes where callers may block
   */
  CompletableFuture<@Nullable CachedToken> redeem(RecordSnapshot found) {
    return Futures.started(() -> withMetadata(found))
        .exceptionally(
            failure -> {
              throw explained(Futures.unwrap(failure));
            });
  }

  private LatchkeyException explained(Throwable failure) {
    if (failure instanceof TransportFailure broken) {
      return OAuthErrorMapper.toException(broken, context());
    }
    return failure instanceof LatchkeyException typed
        ? typed
        : aborted(failure); // what the answer held is stored by now
  }

  private CompletableFuture<@Nullable CachedToken> withMetadata(RecordSnapshot found) {
    RefreshRequest request = new RefreshRequest(config, scopes, claims);
    CompletableFuture<Metadata> metadata = request.metadata();
    return metadata.isDone()
        ? spend(request, Futures.join(metadata), found)
        : new Sequel<Metadata, @Nullable CachedToken>(
                config.callbacks(),
                (known, failure) -> {
                  if (known == null) {
                    throw Futures.unchecked(Objects.requireNonNull(failure));
                  }
                  return spend(request, known, found);
                })
            .after(metadata);
  }

  private CompletableFuture<@Nullable CachedToken> spend(
      RefreshRequest request, Metadata metadata, RecordSnapshot found) {
    URI tokenEndpoint = metadata.tokenEndpoint();
    Asked asked = new Asked(config.clientId(), metadata.issuer(), scopes);
    rehearse(request, tokenEndpoint, asked, found.record());
    RecordSnapshot current = store.markSpending(found);
    return current == null
        ? CompletableFuture.completedFuture(null)
        : send(request, tokenEndpoint, asked, current, 1);
  }

  /**
   * Sends the request. A thread that may block takes what comes: not one of the application, all of
   * which may wait for this session.
   */
  private CompletableFuture<@Nullable CachedToken> send(
      RefreshRequest request, URI tokenEndpoint, Asked asked, RecordSnapshot current, int attempt) {
    Sequel<UnreadReply, @Nullable CachedToken> next =
        new Sequel<>(
            config.callbacks(),
            (unread, failure) -> {
              if (unread != null) {
                return CompletableFuture.completedFuture(answered(unread, asked, current));
              }
              if (failure instanceof TransportFailure broken) {
                if (attempt == 1 && broken.neverLeft()) { // then it may be sent again at once
                  return send(request, tokenEndpoint, asked, current, 2);
                }
                unanswered(broken, current);
              }
              throw Futures.unchecked(Objects.requireNonNull(failure));
            });
    return next.after(request.send(tokenEndpoint, current.record(), attempt));
  }

  private void unanswered(TransportFailure broken, RecordSnapshot current) {
    if (broken.neverLeft()) {
      store.clearSpendMark(current);
    } else {
      store.markPossiblySpent(current);
    }
  }

  private @Nullable CachedToken answered(UnreadReply unread, Asked asked, RecordSnapshot current) {
    RefreshResponse response = read(unread, asked, current.record());
    if (response instanceof Granted granted) {
      Set<String> neverAsked = neverAsked(granted.token().stored().scopes().missing(), current);
      return neverAsked.isEmpty() ? save(granted, current) : narrower(granted, current, neverAsked);
    }
    if (response instanceof Unusable unusable) {
      saveWhatCanBe(current, unusable.refreshToken());
      throw unusable.why();
    }
    if (response instanceof ForAnother another) {
      throw discarded(another.why(), current);
    }
    return notGranted(current, ((NotGranted) response).reply());
  }

  /**
   * Takes a made-up answer through the code that the real one will run through, up to the text of
   * the record. In a JVM that has just started, that code would otherwise be loaded while the new
   * refresh token exists only in memory.
   */
  private void rehearse(
      RefreshRequest request, URI tokenEndpoint, Asked asked, SessionRecord record) {
    UnreadReply madeUp = request.rehearse(tokenEndpoint, record);
    ServerClock unused = new ServerClock(config.time());
    if (RefreshResponse.read(madeUp, asked, record, unused) instanceof Granted granted) {
      store.rehearse(granted.record());
    }
  }

  /** Whatever goes wrong here, an Error too, costs no refresh token: it is stored first. */
  private RefreshResponse read(UnreadReply unread, Asked asked, SessionRecord sent) {
    try {
      return RefreshResponse.read(unread, asked, sent, config.clock());
    } catch (RuntimeException | Error e) {
      return RefreshResponse.salvage(unread, asked, sent, aborted(e));
    }
  }

  /**
   * From an answer that shows another identity nothing is kept, whatever else is wrong with it, not
   * even its date: it was meant for somebody else, and so was its refresh token. Nobody knows
   * whether the server has seen the request, so the old refresh token may be spent.
   */
  private InvalidResponse discarded(InvalidResponse other, RecordSnapshot current) {
    store.markPossiblySpent(current);
    log.warn("session {}: an answer is discarded. {}", session.account().id(), other.getMessage());
    session.tell(listener -> listener.identityMismatch(session.account(), other));
    return other;
  }

  private @Nullable CachedToken save(Granted granted, RecordSnapshot current) {
    WriteResult written = store.save(granted.record(), current);
    granted.token().logScopes();
    if (written.overtaken()) {
      log.info("session {} was signed in, out or refreshed meanwhile", session.account().id());
      return null;
    }
    return granted.token().cached().fetchedWith(claims);
  }

  /**
   * The server granted a token without scopes that no sign-in has asked the person for, as Keycloak
   * does (RFC 6749 §6 lets no refresh widen a grant). Such a token is not what the caller wants,
   * but its refresh token may be the only one that is valid now. Once a sign-in has asked for them,
   * scopes that are still missing are data: no further sign-in would bring them.
   */
  private @Nullable CachedToken narrower(
      Granted granted, RecordSnapshot current, Set<String> neverAsked) {
    String refreshToken = granted.record().refreshToken();
    if (refreshToken != null
        && store.save(current.record().rotated(refreshToken), current).overtaken()) {
      return null;
    }
    throw consentRequired(neverAsked, null);
  }

  /** Those scopes that no sign-in of this account has asked the person for. */
  private Set<String> neverAsked(Set<String> wanted, RecordSnapshot current) {
    Set<String> never = new LinkedHashSet<>(Scopes.withoutIdentity(wanted));
    never.removeAll(current.record().signInScopes());
    never.removeAll(current.record().missingScopes()); // an earlier sign-in asked in vain
    return never;
  }

  private SignInRequired consentRequired(Set<String> neverAsked, @Nullable OAuthError error) {
    return new SignInRequired(
        Reason.CONSENT_REQUIRED,
        config.required(session.account().id(), scopes, claims),
        "Could not refresh the session: nobody was asked to grant "
            + String.join(", ", neverAsked)
            + " yet",
        error,
        "Sign in again and accept the permissions that the app asks for.",
        null);
  }

  /**
   * The access token is unusable, but a new refresh token may be the only one that is valid now.
   */
  private void saveWhatCanBe(RecordSnapshot current, @Nullable String newRefreshToken) {
    if (newRefreshToken == null) {
      store.markPossiblySpent(current);
    } else {
      store.save(current.record().rotated(newRefreshToken), current);
    }
  }

  private @Nullable CachedToken notGranted(RecordSnapshot current, Reply reply) {
    if (isRefusal(reply)) {
      return refused(current, reply);
    }
    // A gateway's 502, a 200 without JSON: the server may have rotated the token all the same.
    if (reply.status() == 429 || reply.status() == 503) {
      store.clearSpendMark(current);
    } else {
      store.markPossiblySpent(current);
    }
    LatchkeyException failure = OAuthErrorMapper.toException(reply, context());
    // Not stored as the end of the session: it may not be the server that said so little.
    throw failure instanceof SignInRequired why ? withClaims(why, why.reason()) : failure;
  }

  private @Nullable CachedToken refused(RecordSnapshot current, Reply reply) {
    LatchkeyException refusal = OAuthErrorMapper.toException(reply, context());
    if (!(refusal instanceof SignInRequired why)) {
      store.clearSpendMark(current);
      throw widened(refusal, current);
    }
    OAuthError error = why.oauthError();
    if (error == null || !DEAD.contains(error.error())) {
      store.clearSpendMark(current);
      throw withClaims(why, why.reason());
    }
    SessionRecord sent = current.record();
    RecordSnapshot now = store.load();
    if (now == null || !Objects.equals(now.record().refreshToken(), sent.refreshToken())) {
      return null; // somebody stored another token: look again
    }
    if (isForThisRequestOnly(why, error)) {
      store.clearSpendMark(current);
      throw withClaims(why, why.reason());
    }
    SignInRequired ended = withClaims(why, reason(sent, why, error));
    store.save(now.record().ended(ended.reason()), now);
    session.tell(listener -> listener.signInRequired(session.account(), ended));
    throw ended;
  }

  /**
   * RFC 6749 §6: "invalid_scope" if the requested scopes exceed "the scope granted by the resource
   * owner", as oidc-provider and Spring answer. With Entra's numbers, it means what they say.
   */
  private LatchkeyException widened(LatchkeyException refusal, RecordSnapshot current) {
    OAuthError error = refusal.oauthError();
    boolean tooWide =
        error != null && error.error().equals("invalid_scope") && error.aadsts().isEmpty();
    Set<String> neverAsked = tooWide ? neverAsked(scopes, current) : Set.of();
    return neverAsked.isEmpty() ? refusal : consentRequired(neverAsked, error);
  }

  /** Entra uses the same code to refuse one scope set or by one policy; the session goes on. */
  private static boolean isForThisRequestOnly(SignInRequired why, OAuthError error) {
    boolean entra = !error.aadsts().isEmpty();
    return why.claims() != null
        || (entra
            && (why.reason() == Reason.CLAIMS_CHALLENGE
                || why.reason() == Reason.CONSENT_REQUIRED));
  }

  /** A lost answer explains the end, unless the server explains it otherwise. */
  private static Reason reason(SessionRecord sent, SignInRequired why, OAuthError error) {
    boolean explained = !error.aadsts().isEmpty() && why.reason() != Reason.GRANT_REJECTED;
    boolean lost = sent.possiblySpent() && SPENT.contains(why.reason()) && !explained;
    return lost ? Reason.REFRESH_ANSWER_LOST : why.reason();
  }

  private SignInRequired withClaims(SignInRequired why, Reason reason) {
    String wanted = why.claims() != null ? why.claims() : Claims.textOf(claims);
    return new SignInRequired(
        reason,
        config.required(session.account().id(), scopes, null).withClaims(wanted),
        why.getMessage(),
        why.oauthError(),
        why.remedy(),
        why.getCause());
  }

  /** Whether the server itself refused the request: then nothing was spent. */
  private static boolean isRefusal(Reply reply) {
    return reply.error() != null && reply.status() < 500 && reply.status() != 429;
  }

  /** A fault of this process, not of the server: out of memory, a class that cannot be loaded. */
  private static ServiceUnavailable aborted(Throwable fault) {
    return new ServiceUnavailable(
        null,
        "The refresh was aborted: " + fault.getClass().getName(),
        null,
        "Try again, and report it if it happens again.",
        fault);
  }

  private Context context() {
    return new Context(Context.Request.REFRESH, session.account().id());
  }
}
