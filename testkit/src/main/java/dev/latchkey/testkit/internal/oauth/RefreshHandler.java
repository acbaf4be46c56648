package dev.latchkey.testkit.internal.oauth;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.internal.grant.Consents;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Grants;
import dev.latchkey.testkit.internal.grant.Refusal;
import dev.latchkey.testkit.internal.grant.RequestedClaims;
import dev.latchkey.testkit.internal.grant.Requirements;
import dev.latchkey.testkit.internal.grant.ScopeLists;
import dev.latchkey.testkit.internal.grant.ServerSettings;
import dev.latchkey.testkit.internal.grant.UserGrant;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Redeems refresh tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749 §6</a>
 */
final class RefreshHandler {

  private final ServerSettings settings;
  private final Directory directory;
  private final Grants grants;
  private final Consents consents;
  private final Requirements requirements;
  private final TokenAnswers answers;

  RefreshHandler(
      ServerSettings settings,
      Directory directory,
      Grants grants,
      Consents consents,
      Requirements requirements,
      TokenAnswers answers) {
    this.settings = settings;
    this.directory = directory;
    this.grants = grants;
    this.consents = consents;
    this.requirements = requirements;
    this.answers = answers;
  }

  HttpAnswer answer(TestApp app, Request request) {
    String token = Required.parameter(request, "refresh_token");
    var asked = request.form("scope");
    List<JsonObject> claims = RequestedClaims.of(request);

    var redeemed = grants.redeem(token, grant -> checkAllowed(grant, app, asked(grant, asked)));
    var grant = redeemed.grant();
    Set<String> scopes = ScopeLists.granted(asked(grant, asked), settings);
    return answers.issue(
        redeemed,
        scopes,
        Stream.concat(grant.claims().stream(), claims.stream()).toList(),
        request);
  }

  private static Set<String> asked(UserGrant grant, @Nullable String scope) {
    return scope == null || scope.isBlank() ? grant.scopes() : ScopeLists.parse(scope);
  }

  private void checkAllowed(UserGrant grant, TestApp app, Set<String> scopes) {
    if (!grant.app().clientId().equals(app.clientId())) {
      throw new Refusal(Grants.UNKNOWN.suberror("client_mismatch"));
    }
    if (directory.isDisabled(grant.user())) {
      throw Refusal.of("invalid_grant", 50057);
    }
    Set<String> wanted = ScopeLists.granted(scopes, settings);
    wanted.removeAll(settings.addedScopes);
    if (!consents.covers(grant.user(), app, wanted)) {
      throw new Refusal(
          OAuthFailure.of("invalid_grant").aadsts(65001).suberror("consent_required"));
    }
    requirements
        .unmetBy(grant)
        .ifPresent(
            claims -> {
              throw new Refusal(
                  OAuthFailure.of("interaction_required").aadsts(50076).claims(claims));
            });
  }
}
