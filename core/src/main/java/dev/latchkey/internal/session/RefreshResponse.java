package dev.latchkey.internal.session;

import dev.latchkey.error.InvalidResponse;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.internal.oauth.IdToken;
import dev.latchkey.internal.oauth.Reply;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.ServerClock;
import dev.latchkey.internal.oauth.TokenResponse;
import dev.latchkey.internal.oauth.UnreadReply;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to a refresh: all that is known between the bytes and the store. Reading
 * it stores nothing, logs nothing and calls nobody, so that it can be rehearsed, and so that little
 * can go wrong before the new refresh token is stored.
 */
sealed interface RefreshResponse {

  /**
   * What the request asked for.
   *
   * @param issuer the server's issuer; null if it is unknown
   */
  record Asked(String clientId, @Nullable String issuer, Set<String> scopes) {

    /** Why the answer is somebody else's; null if it shows nobody else. */
    @Nullable InvalidResponse otherIdentity(Reply reply, SessionRecord sent) {
      return ShownIdentity.in(reply).otherThan(sent.account(), clientId, issuer);
    }
  }

  /** New tokens, and the record that holds them. */
  record Granted(SessionRecord record, GrantedToken token) implements RefreshResponse {}

  /**
   * A success whose access token is of no use.
   *
   * @param refreshToken the new refresh token, which may be the only one that is valid now; null if
   *     none can be found
   */
  record Unusable(LatchkeyException why, @Nullable String refreshToken) implements RefreshResponse {

    /** Leaves out the token. */
    @Override
    public String toString() {
      return "Unusable[why=" + why + "]";
    }
  }

  /** It shows another identity. */
  record ForAnother(InvalidResponse why) implements RefreshResponse {}

  /** No tokens: an error, or a body that did not come from the server. */
  record NotGranted(Reply reply) implements RefreshResponse {}

  /**
   * Reads the answer.
   *
   * @param sent the record whose refresh token was sent
   * @param clock learns the server's time from the answer, unless that is somebody else's
   */
  static RefreshResponse read(
      UnreadReply unread, Asked asked, SessionRecord sent, ServerClock clock) {
    Reply reply = unread.read();
    if (!reply.ok()) {
      clock.observe(reply);
      return new NotGranted(reply);
    }
    InvalidResponse other = asked.otherIdentity(reply, sent);
    if (other != null) {
      return new ForAnother(other);
    }
    clock.observe(reply);
    TokenResponse tokens;
    try {
      tokens = TokenResponse.parse(reply);
      if (tokens.idToken() != null) { // the issuer was compared with the account's
        IdToken.parse(tokens.idToken())
            .verify(null, asked.clientId(), clock.now(sent.skewMillis()));
      }
    } catch (InvalidResponse e) {
      return new Unusable(e, TokenResponse.refreshToken(reply));
    }
    long skew = clock.skewMillis();
    GrantedToken token = GrantedToken.of(tokens, reply, asked.scopes(), true, clock);
    return new Granted(
        sent.refreshed(tokens.refreshToken(), skew, Scopes.key(asked.scopes()), token.stored()),
        token);
  }

  /**
   * What is left if {@link #read} failed for a reason that nobody foresaw, be it a full heap: the
   * refresh token, if the answer holds one that can be found and shows nobody else.
   */
  static RefreshResponse salvage(
      UnreadReply unread, Asked asked, SessionRecord sent, LatchkeyException why) {
    try {
      Reply body = unread.readBodyOnly();
      InvalidResponse other = asked.otherIdentity(body, sent);
      return other == null
          ? new Unusable(why, TokenResponse.refreshToken(body))
          : new ForAnother(other);
    } catch (RuntimeException | Error e) { // it is not JSON, or there is still no memory
      return new Unusable(why, null);
    }
  }
}
