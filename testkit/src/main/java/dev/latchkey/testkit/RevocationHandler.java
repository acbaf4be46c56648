package dev.latchkey.testkit;

/**
 * Revokes tokens. A refresh token takes its whole grant with it, an access token only itself.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
 */
final class RevocationHandler implements Handler {

  private final Settings settings;
  private final Directory directory;
  private final Grants grants;
  private final AccessTokens accessTokens;

  RevocationHandler(
      Settings settings, Directory directory, Grants grants, AccessTokens accessTokens) {
    this.settings = settings;
    this.directory = directory;
    this.grants = grants;
    this.accessTokens = accessTokens;
  }

  @Override
  public Answer answer(Request request) {
    if (!settings.revocationEndpoint) {
      return Answer.text(404, "Not found");
    }
    TokenHandler.requirePost(request);
    var app = directory.app(request.require("client_id"));
    String token = request.require("token");
    var grant = grants.find(token);
    if (grant != null && grant.app().clientId().equals(app.clientId())) {
      grant.end(Grants.REVOKED, true);
    }
    accessTokens.revoke(token);
    // RFC 7009 §2.2: 200 "if the client submitted an invalid token" too.
    return Answer.empty(200);
  }
}
