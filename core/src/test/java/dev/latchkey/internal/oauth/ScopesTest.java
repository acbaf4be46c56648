package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.ScopeAudit;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scope sets, and the comparison of requested and granted scopes. */
class ScopesTest {

  @Test
  void scopesAreSplitAtSpacesWithoutRepetitionInTheirOrder() {
    Set<String> scopes = Scopes.of(List.of("b a", " c\tb ", "A"));

    assertThat(scopes).containsExactly("b", "a", "c", "A");
  }

  @Test
  void identityAndRefreshAreAskedForUnlessNotWanted() {
    Set<String> asked = set("User.Read", "openid", "offline_access");

    assertThat(Scopes.withIdentity(asked, true))
        .containsExactly("User.Read", "openid", "offline_access", "profile");
    assertThat(Scopes.withIdentity(asked, false)).containsExactly("User.Read", "openid", "profile");
    assertThat(Scopes.withIdentity(set(), true))
        .containsExactly("openid", "profile", "offline_access");
  }

  @Test
  void keyOfAScopeSetDoesNotDependOnTheOrder() {
    assertThat(Scopes.key(set("b", "a"))).isEqualTo(Scopes.key(set("a", "b"))).isEqualTo("a b");
  }

  @Test
  void silenceOfTheServerMeansThatAllWasGranted() {
    ScopeAudit audit = audit(null, "refresh", "a", "b");

    assertThat(audit.granted()).containsExactly("a", "b");
    assertThat(audit.missing()).isEmpty();
    assertThat(audit.extra()).isEmpty();
  }

  @Test
  void missingAndExtraScopesAreNamed() {
    ScopeAudit audit = audit("b  c ", "refresh", "a", "b");

    assertThat(audit.requested()).containsExactly("a", "b");
    assertThat(audit.granted()).containsExactly("b", "c");
    assertThat(audit.missing()).containsExactly("a");
    assertThat(audit.extra()).containsExactly("c");
  }

  @Test
  void resourceBeforeAScopeAsEntraEchoesItIsNoDifference() {
    ScopeAudit audit =
        audit(
            "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Mail.Read",
            "refresh",
            "user.read",
            "https://graph.microsoft.com/Mail.Read",
            "Read");

    assertThat(audit.missing()).containsExactly("Read");
    assertThat(audit.extra()).isEmpty();
  }

  @Test
  void defaultScopeStandsForAllOfItsResource() {
    ScopeAudit audit =
        audit(
            "https://graph.microsoft.com/User.Read https://other.example/x",
            "refresh",
            "https://graph.microsoft.com/.default");

    assertThat(audit.missing()).isEmpty();
    assertThat(audit.extra()).containsExactly("https://other.example/x");
  }

  @Test
  void offlineAccessShowsInTheRefreshTokenAndNotInTheEcho() {
    assertThat(audit("a", "refresh", "a", "offline_access").missing()).isEmpty();
    assertThat(audit("a", null, "a", "offline_access").missing()).containsExactly("offline_access");
  }

  @Test
  void openidShowsInTheIdToken() {
    TokenResponse with = response("a", "refresh", "id");
    TokenResponse without = response("a", "refresh", null);
    Set<String> asked = set("a", "openid", "profile");

    assertThat(Scopes.audit(asked, with).missing()).isEmpty();
    assertThat(Scopes.audit(asked, without).missing()).containsExactly("openid", "profile");
  }

  private static ScopeAudit audit(
      @Nullable String granted, @Nullable String refreshToken, String... requested) {
    return Scopes.audit(set(requested), response(granted, refreshToken, null));
  }

  private static TokenResponse response(
      @Nullable String scope, @Nullable String refreshToken, @Nullable String idToken) {
    return new TokenResponse(
        "access", "Bearer", Duration.ofHours(1), null, scope, refreshToken, idToken);
  }

  private static Set<String> set(String... scopes) {
    return new LinkedHashSet<>(Arrays.asList(scopes));
  }
}
