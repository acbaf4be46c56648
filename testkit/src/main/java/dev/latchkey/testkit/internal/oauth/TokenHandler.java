package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.AuthorizationCodes;
import dev.latchkey.testkit.internal.grant.Consents;
import dev.latchkey.testkit.internal.grant.DeviceCodes;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Grants;
import dev.latchkey.testkit.internal.grant.Refusal;
import dev.latchkey.testkit.internal.grant.RequestedClaims;
import dev.latchkey.testkit.internal.grant.ScopeLists;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.grant.Tenant;
import dev.latchkey.testkit.internal.http.Handler;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The token endpoint: polls of the device authorization grant, authorization codes, refreshes. */
final class TokenHandler implements Handler {

  static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
  static final String AUTHORIZATION_CODE = "authorization_code";
  static final String REFRESH_TOKEN = "refresh_token";

  /** The name in Entra ID's old examples. */
  private static final String DEVICE_CODE_SHORT = "device_code";

  private final ServerSettings settings;
  private final Directory directory;
  private final DeviceCodes codes;
  private final AuthorizationCodes authorizationCodes;
  private final Grants grants;
  private final RefreshHandler refresh;
  private final Consents consents;
  private final TokenAnswers answers;

  TokenHandler(
      ServerSettings settings,
      Directory directory,
      DeviceCodes codes,
      AuthorizationCodes authorizationCodes,
      Grants grants,
      RefreshHandler refresh,
      Consents consents,
      TokenAnswers answers) {
    this.settings = settings;
    this.directory = directory;
    this.codes = codes;
    this.authorizationCodes = authorizationCodes;
    this.grants = grants;
    this.refresh = refresh;
    this.consents = consents;
    this.answers = answers;
  }

  @Override
  public HttpAnswer answer(Request request) {
    Required.post(request);
    String grantType = Required.parameter(request, "grant_type");
    directory.tenant(request.captured());
    var app = directory.app(Required.parameter(request, "client_id"));
    requirePublicClient(app, request);
    return switch (grantType) {
      case DEVICE_CODE, DEVICE_CODE_SHORT -> poll(app, request);
      case AUTHORIZATION_CODE -> redeem(app, request);
      case REFRESH_TOKEN -> refresh.answer(app, request);
      default -> throw Refusal.of("unsupported_grant_type", 70003);
    };
  }

  private HttpAnswer poll(TestApp app, Request request) {
    var code = codes.redeem(Required.parameter(request, "device_code"), app.clientId());
    var asked = code.asked;
    return signedIn(code.user, app, asked.tenant(), asked.scopes(), asked.claims(), null, request);
  }

  private HttpAnswer redeem(TestApp app, Request request) {
    var approved =
        authorizationCodes.redeem(
            Required.parameter(request, "code"),
            app.clientId(),
            request.form("redirect_uri"),
            request.form("code_verifier"));
    var asked = approved.asked();
    return signedIn(
        approved.user(),
        app,
        asked.tenant(),
        asked.scopes(),
        asked.claims(),
        asked.nonce(),
        request);
  }

  private HttpAnswer signedIn(
      @Nullable TestUser user,
      TestApp app,
      Tenant tenant,
      Set<String> askedScopes,
      List<JsonObject> askedClaims,
      @Nullable String nonce,
      Request request) {
    if (user == null || !tenant.admits(user)) {
      throw Refusal.of("invalid_grant", 50020);
    }
    if (directory.isDisabled(user)) {
      throw Refusal.of("invalid_grant", 50057);
    }
    Set<String> scopes = ScopeLists.granted(askedScopes, settings);
    List<JsonObject> claims =
        Stream.concat(askedClaims.stream(), RequestedClaims.of(request).stream()).toList();
    consents.add(user, app, scopes);
    return answers.issue(grants.begin(user, app, scopes, claims), scopes, claims, nonce, request);
  }

  private static void requirePublicClient(TestApp app, Request request) {
    if (!app.publicClientFlows()) {
      throw Refusal.of("invalid_client", 7000218);
    }
    if (request.form("client_secret") != null || request.form("client_assertion") != null) {
      throw Refusal.of("invalid_client", 700025);
    }
  }
}
