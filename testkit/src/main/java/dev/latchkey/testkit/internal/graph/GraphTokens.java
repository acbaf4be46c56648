package dev.latchkey.testkit.internal.graph;

import dev.latchkey.testkit.TestUser;
import dev.latchkey.testkit.internal.grant.Directory;
import dev.latchkey.testkit.internal.grant.Requirements;
import dev.latchkey.testkit.internal.graph.call.Caller;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphSettings;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.http.Request;
import dev.latchkey.testkit.internal.oauth.BearerCheck;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the caller of a request by the access token. */
public final class GraphTokens {

  private static final Set<String> AUDIENCES =
      Set.of("https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000/");

  private final BearerCheck bearerCheck;
  private final Requirements requirements;
  private final GraphSettings settings;

  GraphTokens(BearerCheck bearerCheck, Requirements requirements, GraphSettings settings) {
    this.bearerCheck = bearerCheck;
    this.requirements = requirements;
    this.settings = settings;
  }

  /**
   * Returns the caller.
   *
   * @throws GraphFailure if the token is missing, invalid or for another resource, or lacks claims
   */
  Caller check(Request request) {
    var outcome = bearerCheck.check(request, requirements);
    var token = outcome.token();
    if (token == null) {
      throw outcome.challenge().contains("insufficient_claims")
          ? challenge(outcome.challenge())
          : refused(
              request.header("Authorization") == null
                  ? "Access token is empty."
                  : "Lifetime validation failed, the token is expired.",
              outcome.challenge());
    }
    Set<String> scopes = new LinkedHashSet<>();
    for (String scope : token.scopes()) {
      scopes.add(withoutAudience(scope, request.baseUrl()));
    }
    if (scopes.stream().anyMatch(scope -> scope.contains("://"))) {
      throw refused(
          "Access token validation failure. Invalid audience.",
          BearerCheck.realm(request) + ", error=\"invalid_token\"");
    }
    return new Caller(user(token.grant().user()), scopes);
  }

  private static GraphFailure refused(String message, String challenge) {
    return GraphFailure.unauthorized(401, message, List.of(challenge));
  }

  private GraphFailure challenge(String usual) {
    List<String> set = settings.challenges;
    return GraphFailure.unauthorized(
        settings.challengeStatus,
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and"
            + " code: TokenIssuedBeforeRevocationTimestamp",
        set.isEmpty() ? List.of(usual) : set);
  }

  /** To Entra ID, a scope without a resource is a scope of Graph. */
  private static String withoutAudience(String scope, String baseUrl) {
    for (String audience : AUDIENCES) {
      if (scope.startsWith(audience)) {
        return scope.substring(audience.length());
      }
    }
    return scope.startsWith(baseUrl + "/") ? scope.substring(baseUrl.length() + 1) : scope;
  }

  public static GraphUser user(TestUser user) {
    return new GraphUser(user.objectId(), user.username(), user.name(), user.isPersonal());
  }

  static @Nullable GraphUser find(Directory directory, String username) {
    return directory.users().stream()
        .filter(user -> user.username().equalsIgnoreCase(username))
        .map(GraphTokens::user)
        .findFirst()
        .orElse(null);
  }
}
