package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Redeems refresh tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-6">RFC 6749 §6</a>
 */
final class Refresh {

  private final Settings settings;
  private final Directory directory;
  private final Grants grants;
  private final Consents consents;
  private final Requirements requirements;
  private final TokenAnswers answers;

  Refresh(
      Settings settings,
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

  Answer answer(TestApp app, Request request) {
    String token = request.require("refresh_token");
    var asked = request.form("scope");
    List<JsonObject> claims = Claims.of(request);

    var redeemed = grants.redeem(token, grant -> object(grant, app, asked(grant, asked)));
    var grant = redeemed.grant();
    Set<String> scopes = Scopes.granted(asked(grant, asked), settings);
    return answers.issue(
        redeemed,
        scopes,
        Stream.concat(grant.claims().stream(), claims.stream()).toList(),
        request);
  }

  private static Set<String> asked(Grant grant, @Nullable String scope) {
    return scope == null || scope.isBlank() ? grant.scopes() : Scopes.parse(scope);
  }

  private void object(Grant grant, TestApp app, Set<String> scopes) {
    if (!grant.app().clientId().equals(app.clientId())) {
      throw new Refusal(Grants.UNKNOWN.suberror("client_mismatch"));
    }
    if (directory.isDisabled(grant.user())) {
      throw Refusal.of("invalid_grant", 50057);
    }
    Set<String> wanted = Scopes.granted(scopes, settings);
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
