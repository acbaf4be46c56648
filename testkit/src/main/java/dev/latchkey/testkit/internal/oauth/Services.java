package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.internal.grant.AuthorizationCodes;
import dev.latchkey.testkit.internal.grant.Consents;
import dev.latchkey.testkit.internal.grant.DeviceCodes;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Grants;
import dev.latchkey.testkit.internal.grant.IssuedSecrets;
import dev.latchkey.testkit.internal.grant.IssuedTokens;
import dev.latchkey.testkit.internal.grant.Refusal;
import dev.latchkey.testkit.internal.grant.Requirements;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.http.Faults;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.MovableClock;
import dev.latchkey.testkit.internal.http.Request;
import dev.latchkey.testkit.internal.http.RequestLog;
import dev.latchkey.testkit.internal.http.Router;
import dev.latchkey.testkit.internal.page.AuthorizationHandler;
import dev.latchkey.testkit.internal.page.PageAnswers;
import dev.latchkey.testkit.internal.page.PageHandler;

/** The parts of the authorization server, put together and mounted on its router. */
public final class Services {

  public final MovableClock clock = new MovableClock();
  public final IssuedSecrets secrets = new IssuedSecrets();
  public final RequestLog log = new RequestLog();
  public final Faults faults = new Faults();
  public final Router router = new Router();
  public final Requirements requirements = new Requirements();
  public final Consents consents = new Consents();
  public final Directory directory;
  public final DeviceCodes codes;
  public final AuthorizationCodes authorizationCodes;
  public final AuthorizationHandler authorization;
  public final Grants grants;
  public final IssuedTokens accessTokens = new IssuedTokens(clock);
  public final BearerCheck bearerCheck = new BearerCheck(accessTokens, requirements);

  public Services(ServerSettings settings, Directory directory) {
    this.directory = directory;
    this.codes = new DeviceCodes(settings, clock, secrets);
    this.authorizationCodes = new AuthorizationCodes(clock, secrets);
    String formToken = secrets.token("");
    var pages = new PageAnswers(directory, formToken);
    this.authorization =
        new AuthorizationHandler(directory, codes, authorizationCodes, pages, formToken);
    this.grants = new Grants(settings, clock, secrets);
    mountTokens(settings);
    mountMetadata(settings);
    mountPage(pages, formToken);
  }

  private void mountTokens(ServerSettings settings) {
    var answers = new TokenAnswers(settings, clock, secrets, accessTokens);
    var refresh = new RefreshHandler(settings, directory, grants, consents, requirements, answers);
    var oauth = "/([^/]+)/oauth2/v2\\.0/";
    mount(
        oauth + "devicecode",
        Endpoint.DEVICE_AUTHORIZATION,
        new DeviceAuthorizationHandler(settings, directory, codes));
    mount(
        oauth + "token",
        Endpoint.TOKEN,
        new TokenHandler(
            settings, directory, codes, authorizationCodes, grants, refresh, consents, answers));
    mount(oauth + "authorize", Endpoint.AUTHORIZATION, authorization);
    mount(
        oauth + "revoke",
        Endpoint.REVOCATION,
        new RevocationHandler(settings, directory, grants, accessTokens));
    mount("/oidc/userinfo", Endpoint.USERINFO, new UserInfoHandler(bearerCheck));
  }

  private void mountMetadata(ServerSettings settings) {
    var metadata = new DiscoveryHandler(settings, directory);
    mount("/([^/]+)/v2\\.0/\\.well-known/openid-configuration", Endpoint.DISCOVERY, metadata);
    mount(
        "/\\.well-known/oauth-authorization-server/([^/]+)/v2\\.0",
        Endpoint.DISCOVERY,
        request ->
            settings.revocationEndpoint
                ? metadata.answer(request)
                : HttpAnswer.text(404, "Not found"));
    mount("/([^/]+)/discovery/v2\\.0/keys", Endpoint.DISCOVERY, keys -> DiscoveryHandler.keys());
  }

  private void mountPage(PageAnswers pages, String formToken) {
    mount(PageHandler.PATH, Endpoint.PAGE, new PageHandler(directory, codes, pages, formToken));
    mount(PageAnswers.STYLE_PATH, Endpoint.OTHER, style -> PageAnswers.style());
  }

  private void mount(String path, Endpoint endpoint, Handler handler) {
    router.mount(path, endpoint, request -> answer(handler, request));
  }

  private HttpAnswer answer(Handler handler, Request request) {
    try {
      return handler.answer(request);
    } catch (Refusal refusal) {
      return ErrorBody.of(refusal.failure(), request, clock.instant());
    }
  }
}
