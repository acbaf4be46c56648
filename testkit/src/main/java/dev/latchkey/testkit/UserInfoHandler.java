package dev.latchkey.testkit;

import com.google.gson.JsonObject;

/**
 * Whom an access token speaks for.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#UserInfo">OpenID Connect Core
 *     §5.3</a>
 */
final class UserInfoHandler implements Handler {

  private final BearerCheck bearerCheck;

  UserInfoHandler(BearerCheck bearerCheck) {
    this.bearerCheck = bearerCheck;
  }

  @Override
  public Answer answer(Request request) {
    var outcome = bearerCheck.check(request);
    var token = outcome.token();
    if (token == null) {
      return Answer.empty(401).with("WWW-Authenticate", outcome.challenge());
    }
    var user = token.grant().user();
    var body = new JsonObject();
    body.addProperty("sub", IdToken.subject(user, token.grant().app()));
    body.addProperty("name", user.name());
    body.addProperty("email", user.username());
    return Answer.json(200, body);
  }
}
