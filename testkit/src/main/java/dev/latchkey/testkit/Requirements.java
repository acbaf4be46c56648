package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The claims that somebody requires: at the token endpoint, or only where a token is used.
 * Thread-safe.
 */
final class Requirements {

  /**
   * One requirement.
   *
   * @param username of whom, or null for all
   * @param bySignIn whether only a sign-in satisfies it; else a refresh with the claims does
   */
  private record Requirement(
      @Nullable String username, String json, JsonObject claims, boolean bySignIn) {

    boolean concerns(Grant grant) {
      return username == null || username.equalsIgnoreCase(grant.user().username());
    }
  }

  private final List<Requirement> all = new CopyOnWriteArrayList<>();

  void add(@Nullable String username, String json, boolean bySignIn) {
    all.add(new Requirement(username, json, JsonText.object(json), bySignIn));
  }

  void clear() {
    all.clear();
  }

  /**
   * The claims with which the person must sign in before this grant is good for a refresh again.
   */
  Optional<String> unmetBy(Grant grant) {
    return all.stream()
        .filter(r -> r.bySignIn() && r.concerns(grant) && !Claims.cover(grant.claims(), r.claims()))
        .map(Requirement::json)
        .findFirst();
  }

  /** The claims that this token should have been asked for with. */
  Optional<String> unmetBy(AccessToken token) {
    return all.stream()
        .filter(r -> r.concerns(token.grant()) && !Claims.cover(token.claims(), r.claims()))
        .map(Requirement::json)
        .findFirst();
  }
}
