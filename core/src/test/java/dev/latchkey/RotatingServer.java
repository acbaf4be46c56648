package dev.latchkey;

import dev.latchkey.ScriptedServer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A token endpoint that rotates refresh tokens strictly: a new one each time, and an old one used
 * again ends the session, as on Keycloak and oidc-provider. Answers for a scripted server's {@code
 * /token}, where nothing else is written down.
 */
final class RotatingServer implements Function<Request, Answer> {

  private final List<Map<String, String>> redemptions = new ArrayList<>();
  private Duration lifetime = Duration.ofHours(1);
  private Map<String, ?> extras = Map.of();
  private String newest = RefreshRun.REFRESH_TOKEN;
  private int reuses;

  /** The token requests that were granted, oldest first. */
  synchronized List<Map<String, String>> redemptions() {
    return List.copyOf(redemptions);
  }

  /** How many times a refresh token was used that was not the newest. */
  synchronized int reuses() {
    return reuses;
  }

  synchronized RotatingServer lifetime(Duration ofTokens) {
    lifetime = ofTokens;
    return this;
  }

  /** More members of each answer. */
  synchronized RotatingServer with(Map<String, ?> members) {
    extras = new LinkedHashMap<>(members);
    return this;
  }

  @Override
  public Answer apply(Request request) {
    return apply(request, new String[0]);
  }

  /** The same with more headers, whole lines. */
  synchronized Answer apply(Request request, String... headers) {
    Map<String, String> form = request.form();
    if (!newest.equals(form.get("refresh_token"))) {
      reuses++;
      newest = "none: the session has ended";
      return Answer.error("invalid_grant");
    }
    redemptions.add(form);
    newest = "refresh-" + redemptions.size();
    Body body =
        Body.tokens()
            .with("access_token", "access-" + redemptions.size())
            .with("refresh_token", newest)
            .with("scope", form.getOrDefault("scope", ""))
            .with("expires_in", lifetime.toSeconds())
            .with(extras);
    return Answer.page(200, "application/json", body.toString(), headers);
  }
}
