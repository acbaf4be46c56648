package dev.latchkey.internal.metadata;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which API an Entra scope belongs to: what stands before its last slash, and Microsoft Graph if
 * nothing does. Entra refuses a request for scopes of two APIs (AADSTS28000), and one for {@code
 * .default} beside others (AADSTS70011).
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/scopes-oidc">Scopes and
 *     permissions</a>
 */
final class EntraScopes {

  private static final String GRAPH = "https://graph.microsoft.com";
  private static final String DEFAULT = "/.default";

  /** The scopes of OpenID Connect, which belong to no API and can be requested with any. */
  private static final Set<String> OF_NO_API =
      Set.of("openid", "profile", "email", "offline_access");

  /** Graph's names in the other clouds, and its application id. */
  private static final Set<String> GRAPH_NAMES =
      Set.of(
          "",
          GRAPH,
          "https://graph.microsoft.us",
          "https://dod-graph.microsoft.us",
          "https://microsoftgraph.chinacloudapi.cn",
          "00000003-0000-0000-c000-000000000000");

  private EntraScopes() {}

  /**
   * The scopes that can be requested with the wanted ones.
   *
   * @param wanted if none of them is of an API, the first of all that is counts
   * @param all with the wanted ones
   */
  static Set<String> ofSameApi(Set<String> wanted, Set<String> all) {
    Set<String> first = ofAnApi(wanted);
    if (first.isEmpty()) {
      Set<String> others = ofAnApi(all);
      first = others.isEmpty() ? others : Set.of(others.iterator().next());
    }
    Set<String> apis = new HashSet<>();
    boolean alone = false;
    for (String scope : first) {
      apis.add(api(scope));
      alone |= standsForAll(scope);
    }
    Set<String> together = new LinkedHashSet<>();
    for (String scope : all) {
      boolean fits = !alone && !standsForAll(scope) && apis.contains(api(scope));
      if (OF_NO_API.contains(scope) || first.contains(scope) || fits) {
        together.add(scope);
      }
    }
    return Collections.unmodifiableSet(together);
  }

  private static Set<String> ofAnApi(Set<String> scopes) {
    Set<String> left = new LinkedHashSet<>(scopes);
    left.removeAll(OF_NO_API);
    return left;
  }

  private static boolean standsForAll(String scope) {
    return scope.endsWith(DEFAULT) || scope.equals(DEFAULT.substring(1));
  }

  private static String api(String scope) {
    int end = Math.max(0, scope.lastIndexOf('/'));
    while (end > 0 && scope.charAt(end - 1) == '/') {
      end--;
    }
    String api = scope.substring(0, end).toLowerCase(Locale.ROOT);
    return GRAPH_NAMES.contains(api) ? GRAPH : api;
  }
}
