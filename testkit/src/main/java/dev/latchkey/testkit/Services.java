package dev.latchkey.testkit;

/**
 * What the server consists of, put together. What is mounted beside it later finds what it needs
 * here.
 */
final class Services {

  final ServerClock clock = new ServerClock();
  final Secrets secrets = new Secrets();
  final RequestLog log = new RequestLog();
  final Faults faults = new Faults();
  final Router router = new Router();
  final Requirements requirements = new Requirements();
  final Consents consents = new Consents();
  final Directory directory;
  final DeviceCodes codes;
  final Grants grants;
  final AccessTokens accessTokens = new AccessTokens(clock);
  final BearerCheck bearerCheck = new BearerCheck(accessTokens, requirements);

  Services(Settings settings, Directory directory) {
    this.directory = directory;
    this.codes = new DeviceCodes(settings, clock, secrets);
    this.grants = new Grants(settings, clock, secrets);
    mountTokens(settings);
    mountMetadata(settings);
    mountPage();
  }

  private void mountTokens(Settings settings) {
    var answers = new TokenAnswers(settings, clock, secrets, accessTokens);
    var refresh = new Refresh(settings, directory, grants, consents, requirements, answers);
    var oauth = "/([^/]+)/oauth2/v2\\.0/";
    router.mount(
        oauth + "devicecode",
        Endpoint.DEVICE_AUTHORIZATION,
        new DeviceAuthorizationHandler(settings, directory, codes));
    router.mount(
        oauth + "token",
        Endpoint.TOKEN,
        new TokenHandler(settings, directory, codes, grants, refresh, consents, answers));
    router.mount(
        oauth + "revoke",
        Endpoint.REVOCATION,
        new RevocationHandler(settings, directory, grants, accessTokens));
    router.mount("/oidc/userinfo", Endpoint.USERINFO, new UserInfoHandler(bearerCheck));
  }

  private void mountMetadata(Settings settings) {
    var metadata = new DiscoveryHandler(settings, directory);
    router.mount(
        "/([^/]+)/v2\\.0/\\.well-known/openid-configuration", Endpoint.DISCOVERY, metadata);
    router.mount(
        "/\\.well-known/oauth-authorization-server/([^/]+)/v2\\.0",
        Endpoint.DISCOVERY,
        request ->
            settings.revocationEndpoint ? metadata.answer(request) : Answer.text(404, "Not found"));
    router.mount(
        "/([^/]+)/discovery/v2\\.0/keys", Endpoint.DISCOVERY, request -> DiscoveryHandler.keys());
  }

  private void mountPage() {
    String formToken = secrets.token("");
    var pages = new Pages(directory, formToken);
    router.mount(
        PageHandler.PATH, Endpoint.PAGE, new PageHandler(directory, codes, pages, formToken));
    router.mount(Pages.STYLE_PATH, Endpoint.OTHER, request -> Pages.style());
  }
}
