package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.grant.DeviceCode;
import dev.latchkey.testkit.internal.grant.DeviceCodes;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.RequestedClaims;
import dev.latchkey.testkit.internal.grant.ScopeLists;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import dev.latchkey.testkit.internal.page.PageHandler;

/**
 * Begins a sign-in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.2">RFC 8628 §3.2</a>
 */
final class DeviceAuthorizationHandler implements Handler {

  private final ServerSettings settings;
  private final Directory directory;
  private final DeviceCodes codes;

  DeviceAuthorizationHandler(ServerSettings settings, Directory directory, DeviceCodes codes) {
    this.settings = settings;
    this.directory = directory;
    this.codes = codes;
  }

  @Override
  public HttpAnswer answer(Request request) {
    Required.post(request);
    var asked =
        new DeviceCode.Asked(
            directory.app(Required.parameter(request, "client_id")),
            directory.tenant(request.captured()),
            ScopeLists.parse(Required.parameter(request, "scope")),
            RequestedClaims.of(request));
    var code = codes.issue(asked);

    String verificationUri = request.baseUrl() + PageHandler.PATH;
    var body = new JsonObject();
    body.addProperty("user_code", code.userCode);
    body.addProperty("device_code", code.deviceCode);
    body.addProperty("verification_uri", verificationUri);
    if (settings.verificationUriComplete) {
      body.addProperty(
          "verification_uri_complete", verificationUri + "?user_code=" + code.userCode);
    }
    body.addProperty("expires_in", settings.codeLifetime.toSeconds());
    body.addProperty("interval", code.interval.toSeconds());
    if (settings.message) {
      body.addProperty(
          "message", SignInMessages.of(request.query("mkt"), verificationUri, code.userCode));
    }
    return HttpAnswer.json(200, body).with("Cache-Control", "no-store, no-cache");
  }
}
