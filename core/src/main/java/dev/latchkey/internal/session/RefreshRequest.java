package dev.latchkey.internal.session;

import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.http.TransportFailure;
import dev.latchkey.internal.metadata.Metadata;
import dev.latchkey.internal.oauth.Claims;
import dev.latchkey.internal.oauth.Form;
import dev.latchkey.internal.oauth.Reply;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request that redeems a refresh token.
 *
 * @param scopes the scopes of the access token
 * @param claims the claims of a challenge, if any
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749 §6</a>
 */
record RefreshRequest(ClientConfig config, Set<String> scopes, @Nullable Claims claims) {

  /**
   * Waits for the server's metadata if it is not known yet. Does not send the refresh token.
   *
   * @throws TransportFailure if the metadata cannot be fetched
   */
  Metadata metadata() {
    return Futures.join(config.server().metadata(config.exchange().get()));
  }

  /**
   * Sends the request and waits for the reply.
   *
   * @throws TransportFailure if no reply came
   */
  Reply send(URI tokenEndpoint, SessionRecord record) {
    try {
      return sendOnce(tokenEndpoint, record);
    } catch (TransportFailure first) {
      if (!first.neverLeft()) {
        throw first;
      }
      return sendOnce(
          tokenEndpoint, record); // a request that provably never left may be sent again at once
    }
  }

  private Reply sendOnce(URI tokenEndpoint, SessionRecord record) {
    return Futures.join(config.exchange().get().post(tokenEndpoint, form(record), Map.of()));
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

  /** Leaves out what the sign-in did not get: oidc-provider would refuse the whole request. */
  private Set<String> scopes(SessionRecord record) {
    Set<String> asked = new LinkedHashSet<>(scopes);
    if (record.signInScopes().equals(scopes)) {
      asked.removeAll(record.missingScopes());
    }
    return asked;
  }
}
