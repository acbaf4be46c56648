package dev.latchkey.testkit.internal.grant;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of scopes, in the order requested. */
public final class ScopeLists {

  public static final String OPENID = "openid";
  public static final String PROFILE = "profile";
  public static final String EMAIL = "email";
  static final String OFFLINE_ACCESS = "offline_access";

  private static final Set<String> OF_OPENID = Set.of(OPENID, PROFILE, EMAIL, OFFLINE_ACCESS);

  private ScopeLists() {}

  public static Set<String> parse(String spaceSeparated) {
    return Arrays.stream(spaceSeparated.trim().split("\\s+"))
        .filter(scope -> !scope.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The scopes of resources, which users consent to and access tokens are for. */
  public static Set<String> ofResources(Set<String> scopes) {
    var left = new LinkedHashSet<>(scopes);
    left.removeAll(OF_OPENID);
    return left;
  }

  public static Set<String> granted(Set<String> asked, ServerSettings settings) {
    var granted = new LinkedHashSet<>(asked);
    granted.removeAll(settings.withheldScopes);
    granted.addAll(settings.addedScopes);
    return granted;
  }

  /** As Entra ID answers: the resource's scopes, then OpenID's, never {@code offline_access}. */
  public static String echo(Set<String> granted) {
    var echo = ofResources(granted);
    for (String scope : granted) {
      if (!scope.equals(OFFLINE_ACCESS)) {
        echo.add(scope);
      }
    }
    return String.join(" ", echo);
  }
}
