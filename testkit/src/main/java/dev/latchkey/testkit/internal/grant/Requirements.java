package dev.latchkey.testkit.internal.grant;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.http.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The required claims: at the token endpoint, or only where a token is used. Thread-safe. */
public final class Requirements {

  /**
   * One requirement.
   *
   * @param bySignIn whether only a sign-in satisfies it; otherwise a refresh with the claims does,
   *     too
   */
  private record Requirement(String json, JsonObject claims, boolean bySignIn) {}

  private final List<Requirement> all = new CopyOnWriteArrayList<>();

  public void add(String json, boolean bySignIn) {
    all.add(new Requirement(json, JsonText.object(json), bySignIn));
  }

  public void clear() {
    all.clear();
  }

  /** The claims that the user must sign in with before this grant can be refreshed again. */
  public Optional<String> unmetBy(UserGrant grant) {
    return all.stream()
        .filter(r -> r.bySignIn() && !RequestedClaims.cover(grant.claims(), r.claims()))
        .map(Requirement::json)
        .findFirst();
  }

  /** The claims that this token should have been requested with. */
  public Optional<String> unmetBy(IssuedToken token) {
    return all.stream()
        .filter(r -> !RequestedClaims.cover(token.claims(), r.claims()))
        .map(Requirement::json)
        .findFirst();
  }
}
