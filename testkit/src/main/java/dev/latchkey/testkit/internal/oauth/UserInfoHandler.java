package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;

/**
 * Answers which user an access token belongs to.
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
  public HttpAnswer answer(Request request) {
    var outcome = bearerCheck.check(request);
    var token = outcome.token();
    if (token == null) {
      return HttpAnswer.empty(401).with("WWW-Authenticate", outcome.challenge());
    }
    var user = token.grant().user();
    var body = new JsonObject();
    body.addProperty("sub", TokenClaims.subject(user, token.grant().app()));
    body.addProperty("name", user.name());
    body.addProperty("email", user.username());
    return HttpAnswer.json(200, body);
  }
}
