package dev.latchkey.testkit;

import dev.latchkey.testkit.graph.Caller;
import dev.latchkey.testkit.graph.GraphSettings;
import dev.latchkey.testkit.graph.Person;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whom an access token lets in at Graph. */
final class GraphTokens {

  private static final Set<String> AUDIENCES =
      Set.of("https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000/");

  private final BearerCheck bearerCheck;
  private final Requirements requirements;

  /**
   * What came of it.
   *
   * @param caller null if nobody is let in
   */
  record Outcome(@Nullable Caller caller, int status, String message, List<String> challenges) {}

  GraphTokens(BearerCheck bearerCheck, Requirements requirements) {
    this.bearerCheck = bearerCheck;
    this.requirements = requirements;
  }

  Outcome check(Request request, GraphSettings settings) {
    var outcome = bearerCheck.check(request, requirements);
    var token = outcome.token();
    if (token == null) {
      return outcome.challenge().contains("insufficient_claims")
          ? challenge(outcome.challenge(), settings)
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
      return refused(
          "Access token validation failure. Invalid audience.",
          "Bearer realm=\"\", authorization_uri=\"%s/common/oauth2/v2.0/authorize\", error=\"invalid_token\""
              .formatted(request.baseUrl()));
    }
    return new Outcome(new Caller(person(token.grant().user()), scopes), 200, "", List.of());
  }

  private static Outcome refused(String message, String challenge) {
    return new Outcome(null, 401, message, List.of(challenge));
  }

  private static Outcome challenge(String usual, GraphSettings settings) {
    List<String> set = settings.challenges;
    return new Outcome(
        null,
        settings.challengeStatus,
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and"
            + " code: TokenIssuedBeforeRevocationTimestamp",
        set.isEmpty() ? List.of(usual) : set);
  }

  /** Entra takes a scope without a resource for one of Graph. */
  private static String withoutAudience(String scope, String baseUrl) {
    for (String audience : AUDIENCES) {
      if (scope.startsWith(audience)) {
        return scope.substring(audience.length());
      }
    }
    return scope.startsWith(baseUrl + "/") ? scope.substring(baseUrl.length() + 1) : scope;
  }

  static Person person(TestUser user) {
    return new Person(user.objectId(), user.username(), user.name(), user.isPersonal());
  }

  static @Nullable Person find(Directory directory, String username) {
    return directory.users().stream()
        .filter(user -> user.username().equalsIgnoreCase(username))
        .map(GraphTokens::person)
        .findFirst()
        .orElse(null);
  }
}
