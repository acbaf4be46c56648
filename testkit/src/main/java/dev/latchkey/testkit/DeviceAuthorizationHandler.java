package dev.latchkey.testkit;

import com.google.gson.JsonObject;

/**
 * Begins a sign-in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628#section-3.2">RFC 8628 §3.2</a>
 */
final class DeviceAuthorizationHandler implements Handler {

  private final Settings settings;
  private final Directory directory;
  private final DeviceCodes codes;

  DeviceAuthorizationHandler(Settings settings, Directory directory, DeviceCodes codes) {
    this.settings = settings;
    this.directory = directory;
    this.codes = codes;
  }

  @Override
  public Answer answer(Request request) {
    TokenHandler.requirePost(request);
    var asked =
        new DeviceCode.Asked(
            directory.app(request.require("client_id")),
            directory.tenant(request.tenant()),
            Scopes.parse(request.require("scope")),
            Claims.of(request));
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
    body.addProperty("message", Messages.of(request.query("mkt"), verificationUri, code.userCode));
    return Answer.json(200, body).with("Cache-Control", "no-store, no-cache");
  }
}
