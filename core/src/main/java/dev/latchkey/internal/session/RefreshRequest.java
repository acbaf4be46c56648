package dev.latchkey.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import dev.latchkey.Account;
import dev.latchkey.HttpExchange.Kind;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Scopes;
import dev.latchkey.internal.oauth.UnreadReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The request that redeems a refresh token.
 *
 * @param scopes the scopes of the access token
 * @param claims the claims of a challenge, if any
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749 §6</a>
 */
record RefreshRequest(ClientConfig config, Set<String> scopes, @Nullable Claims claims) {

  /** In place of tokens in a rehearsal. */
  private static final String MADE_UP = "rehearsal";

  private static final Duration LIFETIME = Duration.ofHours(1);

  /** The server's metadata, fetched if they are not known yet. Does not send the refresh token. */
  CompletableFuture<Metadata> metadata() {
    return config.server().metadata(config.exchange().get());
  }

  /** Sends the request. Fails with {@link TransportFailure} if no reply comes. */
  CompletableFuture<UnreadReply> send(URI tokenEndpoint, SessionRecord record, int attempt) {
    return config.exchange().get().postUnread(Kind.REFRESH, tokenEndpoint, form(record), attempt);
  }

  /**
   * Receives a made-up success as {@link #send} would receive a real one. Sends nothing. All
   * classes are loaded then, and a JVM that cannot load them says so before the refresh token is
   * spent.
   */
  UnreadReply rehearse(URI tokenEndpoint, SessionRecord record) {
    Instant now = Instant.ofEpochMilli(config.time().wallMillis());
    Account account = record.account();
    JsonObject body = new JsonObject();
    body.addProperty("access_token", MADE_UP);
    body.addProperty("token_type", "Bearer");
    body.addProperty("expires_in", LIFETIME.toSeconds());
    body.addProperty("refresh_in", LIFETIME.toSeconds() / 2);
    body.addProperty("scope", String.join(" ", scopes));
    body.addProperty("refresh_token", MADE_UP);
    body.addProperty(
        "id_token", account.subject() == null ? null : idToken(account, now.plus(LIFETIME)));
    return config.exchange().get().rehearse(tokenEndpoint, form(record), now, body.toString());
  }

  private String idToken(Account account, Instant expiry) {
    JsonObject claims = new JsonObject();
    claims.addProperty("iss", account.issuer());
    claims.addProperty("sub", account.subject());
    claims.addProperty("aud", config.clientId());
    claims.addProperty("exp", expiry.getEpochSecond());
    claims.addProperty("tid", account.tenantId());
    claims.addProperty("preferred_username", account.username());
    byte[] bytes = claims.toString().getBytes(UTF_8);
    return MADE_UP + "." + Base64.getUrlEncoder().encodeToString(bytes) + "." + MADE_UP;
  }

  private Form form(SessionRecord record) {
    Set<String> asked = scopes(record);
    return new Form()
        .add("grant_type", "refresh_token")
        .add("client_id", config.clientId())
        .add("refresh_token", record.refreshToken())
        .add("scope", asked.isEmpty() ? null : String.join(" ", asked))
        .add("claims", Claims.parameter(claims, config.capabilities()));
  }

  /**
   * Leaves out what the sign-in did not get: oidc-provider would refuse the whole request. But a
   * scope set of its own is never emptied so: at Entra, a sign-in gets the scopes of one API only,
   * and those of another one are granted all the same.
   */
  private Set<String> scopes(SessionRecord record) {
    Set<String> asked = new LinkedHashSet<>(scopes);
    asked.removeAll(record.missingScopes());
    boolean ofEverySignIn = scopes.equals(record.signInScopes()) || scopes.equals(config.scopes());
    return ofEverySignIn || !Scopes.withoutIdentity(asked).isEmpty() ? asked : scopes;
  }
}
