package dev.latchkey.internal.oauth;

import dev.latchkey.ScopeAudit;
import dev.latchkey.internal.text.Text;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scope lists: their form, their key, and the audit of what was granted. */
public final class Scopes {

  /** RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ). */
  private static final Pattern TOKEN = Pattern.compile("[!#-\\[\\]-~]+");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  /** Ample: a scope is a word or a URI. */
  private static final int MAX_LENGTH = 1_000;

  /** All scopes of a token. A record of the store holds them several times. */
  private static final int MAX_TOTAL_LENGTH = 16_000;

  private static final String OFFLINE_ACCESS = "offline_access";
  private static final Set<String> IDENTITY = Set.of("openid", "profile");

  private Scopes() {}

  /**
   * Splits strings at white space into scopes. Drops duplicates and keeps the order.
   *
   * @throws IllegalArgumentException if one is not a scope
   */
  public static Set<String> of(Collection<String> scopes) {
    Set<String> set = new LinkedHashSet<>();
    for (String some : scopes) {
      for (String scope : some.strip().split("\\s+", -1)) {
        if (!TOKEN.matcher(scope).matches()) {
          throw new IllegalArgumentException("not a scope: \"" + some + "\"");
        }
        set.add(scope);
      }
    }
    return Collections.unmodifiableSet(set);
  }

  /**
   * The scopes that a server granted, separated by single spaces, safe to show. They are cleaned,
   * not kept verbatim, because they only inform: no request ever repeats them. Leaves out those
   * that are too long to be scopes.
   */
  static String clean(Collection<String> granted) {
    StringBuilder clean = new StringBuilder();
    for (String some : granted) {
      for (String sent : BLANKS.split(some, -1)) {
        String scope = Text.cleanCode(sent);
        boolean fits =
            scope.length() <= MAX_LENGTH && clean.length() + scope.length() <= MAX_TOTAL_LENGTH;
        if (!scope.isEmpty() && fits) {
          clean.append(clean.length() == 0 ? "" : " ").append(scope);
        }
      }
    }
    return clean.toString();
  }

  /** Adds the scopes that request an ID token and, if wanted, a refresh token. */
  public static Set<String> withIdentity(Set<String> scopes, boolean refreshWanted) {
    Set<String> set = new LinkedHashSet<>(scopes);
    set.addAll(Arrays.asList("openid", "profile"));
    if (refreshWanted) {
      set.add(OFFLINE_ACCESS);
    } else {
      set.remove(OFFLINE_ACCESS);
    }
    return Collections.unmodifiableSet(set);
  }

  /** Leaves out the scopes that {@link #withIdentity} adds. */
  public static Set<String> withoutIdentity(Set<String> scopes) {
    Set<String> set = new LinkedHashSet<>(scopes);
    set.removeAll(IDENTITY);
    set.remove(OFFLINE_ACCESS);
    return Collections.unmodifiableSet(set);
  }

  /** The key of a scope set in memory and in records. The order does not matter. */
  public static String key(Set<String> scopes) {
    return String.join(" ", new TreeSet<>(scopes));
  }

  /**
   * Compares the requested scopes with the granted ones. Entra prefixes {@code User.Read} with its
   * resource, and never names {@code offline_access}: a refresh token shows that it was granted.
   */
  public static ScopeAudit audit(Set<String> requested, TokenResponse response) {
    Set<String> granted = granted(requested, response.scope());
    Set<String> missing = new LinkedHashSet<>();
    Set<String> extra = new LinkedHashSet<>(granted);
    for (String scope : requested) {
      boolean matched = extra.removeIf(given -> matches(scope, given));
      if (!matched && !granted.contains(scope) && !impliedBy(scope, response)) {
        missing.add(scope);
      }
    }
    return new ScopeAudit(
        requested,
        granted,
        Collections.unmodifiableSet(missing),
        Collections.unmodifiableSet(extra));
  }

  /** RFC 6749 §5.1: {@code scope} may be absent if the requested scopes were granted. */
  private static Set<String> granted(Set<String> requested, @Nullable String scope) {
    if (scope == null || scope.isBlank()) {
      return requested;
    }
    // RFC 6749 §3.3 wants spaces, but GitHub separates by commas, which a scope may hold as well.
    boolean commas = requested.stream().noneMatch(each -> each.indexOf(',') >= 0);
    String separator = commas ? "[\\s,]+" : "\\s+";
    Set<String> granted = new LinkedHashSet<>(Arrays.asList(scope.split(separator)));
    granted.remove(""); // before a separator that comes first
    return Collections.unmodifiableSet(granted);
  }

  private static boolean impliedBy(String scope, TokenResponse response) {
    return (IDENTITY.contains(scope) && response.idToken() != null)
        || (scope.equals(OFFLINE_ACCESS) && response.refreshToken() != null);
  }

  private static boolean matches(String requested, String granted) {
    if (requested.equalsIgnoreCase(granted)) {
      return true;
    }
    if (requested.endsWith("/.default")) { // stands for all scopes of its resource
      return granted.startsWith(requested.substring(0, requested.length() - ".default".length()));
    }
    return endsWithScope(granted, requested) || endsWithScope(requested, granted);
  }

  private static boolean endsWithScope(String qualified, String bare) {
    int start = qualified.length() - bare.length();
    return start > 0
        && qualified.charAt(start - 1) == '/'
        && qualified.regionMatches(true, start, bare, 0, bare.length());
  }
}
