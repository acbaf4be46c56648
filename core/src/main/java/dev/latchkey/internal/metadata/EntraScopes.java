package dev.latchkey.internal.metadata;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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
   * @param wanted may be empty, then Graph's count
   * @param all with the wanted ones
   */
  static Set<String> ofSameApi(Set<String> wanted, Set<String> all) {
    Set<String> apis =
        wanted.isEmpty()
            ? Set.of(GRAPH)
            : wanted.stream().map(EntraScopes::api).collect(Collectors.toSet());
    boolean alone = wanted.stream().anyMatch(EntraScopes::standsForAll);
    Set<String> together = new LinkedHashSet<>();
    for (String scope : all) {
      boolean fits = !alone && !standsForAll(scope) && apis.contains(api(scope));
      if (wanted.contains(scope) || fits) {
        together.add(scope);
      }
    }
    return Collections.unmodifiableSet(together);
  }

  private static boolean standsForAll(String scope) {
    return scope.endsWith(DEFAULT) || scope.equals(DEFAULT.substring(1));
  }

  private static String api(String scope) {
    String before = scope.substring(0, Math.max(0, scope.lastIndexOf('/')));
    String api = before.replaceAll("/++$", "").toLowerCase(Locale.ROOT);
    return GRAPH_NAMES.contains(api) ? GRAPH : api;
  }
}
