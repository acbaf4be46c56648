package dev.latchkey.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Entra refuses a sign-in for scopes of two APIs. */
class EntraScopesTest {

  private static Set<String> together(String wanted, String... all) {
    Set<String> scopes = new LinkedHashSet<>(Set.of(all));
    scopes.add(wanted);
    return EntraScopes.ofSameApi(Set.of(wanted), scopes);
  }

  @Test
  void scopesOfAnotherApiAreLeftOut() {
    assertThat(together("api://orders/read", "User.Read", "api://orders/write", "api://other/read"))
        .containsExactlyInAnyOrder("api://orders/read", "api://orders/write");
  }

  @Test
  void graphIsTheSameApiHoweverItIsNamed() {
    assertThat(
            together(
                "https://graph.microsoft.com/Mail.Read",
                "User.Read",
                "https://graph.microsoft.us/Files.Read",
                "00000003-0000-0000-c000-000000000000/Team.ReadBasic.All",
                "api://orders/read"))
        .containsExactlyInAnyOrder(
            "https://graph.microsoft.com/Mail.Read",
            "User.Read",
            "https://graph.microsoft.us/Files.Read",
            "00000003-0000-0000-c000-000000000000/Team.ReadBasic.All");
  }

  @Test
  void defaultIsNeverMixedWithOtherScopes() {
    assertThat(together("api://orders/.default", "api://orders/read"))
        .containsExactly("api://orders/.default");
    assertThat(
            together("api://orders/read", "api://orders/.default", "https://x.example//.default"))
        .containsExactly("api://orders/read");
    assertThat(together("User.Read", ".default")).containsExactly("User.Read");
  }

  @Test
  void withNothingWantedTheApiOfTheFirstScopeStays() {
    assertThat(withNothingWanted("openid", "api://orders/read", "User.Read", "api://orders/write"))
        .containsExactly("openid", "api://orders/read", "api://orders/write");
    assertThat(withNothingWanted("User.Read", "api://orders/read")).containsExactly("User.Read");
    assertThat(withNothingWanted("api://orders/.default", "api://orders/read"))
        .containsExactly("api://orders/.default");
    assertThat(withNothingWanted("openid")).containsExactly("openid");
  }

  @Test
  void scopesOfOpenIdConnectGoWithEveryApi() {
    assertThat(together("api://orders/read", "openid", "email", "offline_access", "User.Read"))
        .containsExactlyInAnyOrder("api://orders/read", "openid", "email", "offline_access");
    assertThat(
            EntraScopes.ofSameApi(
                Set.of("openid", "api://orders/read"),
                Set.of("openid", "api://orders/read", "User.Read")))
        .containsExactlyInAnyOrder("openid", "api://orders/read");
    assertThat(together("api://orders/.default", "profile", "api://orders/read"))
        .containsExactlyInAnyOrder("api://orders/.default", "profile");
  }

  private static Set<String> withNothingWanted(String... all) {
    return EntraScopes.ofSameApi(Set.of(), new LinkedHashSet<>(List.of(all)));
  }
}
