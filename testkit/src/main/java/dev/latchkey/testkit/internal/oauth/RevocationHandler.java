package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Grants;
import dev.latchkey.testkit.internal.grant.IssuedTokens;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;

/**
 * Revokes tokens. A revoked refresh token ends its whole grant; a revoked access token, only
 * itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
 */
final class RevocationHandler implements Handler {

  private final ServerSettings settings;
  private final Directory directory;
  private final Grants grants;
  private final IssuedTokens accessTokens;

  RevocationHandler(
      ServerSettings settings, Directory directory, Grants grants, IssuedTokens accessTokens) {
    this.settings = settings;
    this.directory = directory;
    this.grants = grants;
    this.accessTokens = accessTokens;
  }

  @Override
  public HttpAnswer answer(Request request) {
    if (!settings.revocationEndpoint) {
      return HttpAnswer.text(404, "Not found");
    }
    Required.post(request);
    var app = directory.app(Required.parameter(request, "client_id"));
    String token = Required.parameter(request, "token");
    var grant = grants.find(token);
    if (grant != null && grant.app().clientId().equals(app.clientId())) {
      grant.end(Grants.REVOKED);
    }
    accessTokens.revoke(token);
    // RFC 7009 §2.2: 200 "if the client submitted an invalid token" too.
    return HttpAnswer.empty(200);
  }
}
