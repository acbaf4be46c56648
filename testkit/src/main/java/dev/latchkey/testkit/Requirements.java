package dev.latchkey.testkit;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The claims that somebody requires: at the token endpoint, or only where a token is used.
 * Thread-safe.
 */
final class Requirements {

  /**
   * One requirement.
   *
   * @param bySignIn whether only a sign-in satisfies it; else a refresh with the claims does
   */
  private record Requirement(String json, JsonObject claims, boolean bySignIn) {}

  private final List<Requirement> all = new CopyOnWriteArrayList<>();

  void add(String json, boolean bySignIn) {
    all.add(new Requirement(json, JsonText.object(json), bySignIn));
  }

  void clear() {
    all.clear();
  }

  /**
   * The claims with which the person must sign in before this grant is good for a refresh again.
   */
  Optional<String> unmetBy(Grant grant) {
    return all.stream()
        .filter(r -> r.bySignIn() && !Claims.cover(grant.claims(), r.claims()))
        .map(Requirement::json)
        .findFirst();
  }

  /** The claims that this token should have been asked for with. */
  Optional<String> unmetBy(AccessToken token) {
    return all.stream()
        .filter(r -> !Claims.cover(token.claims(), r.claims()))
        .map(Requirement::json)
        .findFirst();
  }
}
