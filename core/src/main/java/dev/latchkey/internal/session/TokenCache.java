package dev.latchkey.internal.session;

import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.time.Time;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one account and scope set in memory. A token counts only in the {@linkplain
 * SessionStore#generation generation} that it belongs to, so a sign-in or sign-out empties the
 * cache. Reading takes no lock. Thread-safe.
 */
final class TokenCache {

  /**
   * The content.
   *
   * @param rejected the value of a token that a resource server refused
   */
  private record Content(int generation, @Nullable CachedToken token, @Nullable String rejected) {}

  private final Set<String> scopes;
  private final String scopeKey;
  private final IntSupplier generation;
  private final Time time;
  private volatile Content content = new Content(0, null, null);

  TokenCache(Set<String> scopes, IntSupplier generation, Time time) {
    this.scopes = scopes;
    this.scopeKey = Scopes.key(scopes);
    this.generation = generation;
    this.time = time;
  }

  Set<String> scopes() {
    return scopes;
  }

  /** The key of the scope set in records. */
  String scopeKey() {
    return scopeKey;
  }

  /** The token, expired or not. */
  @Nullable CachedToken token() {
    return current().token();
  }

  /** The token, if it is alive and satisfies the request. */
  @Nullable CachedToken tokenFor(TokenRequest request) {
    CachedToken token = token();
    return token != null && request.isSatisfiedBy(token) && token.lifetime().isAlive(time)
        ? token
        : null;
  }

  boolean isRejected(String value) {
    return value.equals(current().rejected());
  }

  /** Drops a token that a resource server refused. */
  synchronized void reject(String value) {
    Content now = current();
    CachedToken token = now.token();
    if (token == null ? now.rejected() == null : token.token().value().equals(value)) {
      content = new Content(now.generation(), null, value);
    }
  }

  /** Caches a token that was read from the record, unless a better one is cached. */
  synchronized void adopt(CachedToken token, int begunIn) {
    Content now = current();
    CachedToken known = now.token();
    boolean better =
        known == null
            || !known.lifetime().isFresh(time)
            || known.lifetime().left(time).compareTo(token.lifetime().left(time)) < 0;
    boolean rejected = token.token().value().equals(now.rejected());
    if (better && !rejected && begunIn == now.generation()) {
      content = new Content(begunIn, token, now.rejected());
    }
  }

  /** Caches a token that was just issued. */
  synchronized void publish(CachedToken token, int begunIn) {
    Content now = current();
    if (begunIn == now.generation()) {
      // The server insists on a rejected token: refusing it would mean a request at every call.
      boolean insists = token.token().value().equals(now.rejected());
      content = new Content(begunIn, token, insists ? null : now.rejected());
    }
  }

  private Content current() {
    Content now = content;
    int current = generation.getAsInt();
    return now.generation() == current ? now : new Content(current, null, null);
  }
}
