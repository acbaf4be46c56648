package dev.latchkey.internal.http;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a {@code WWW-Authenticate} field.
 *
 * @param scheme the authentication scheme as it was spelt
 * @param token68 the value that some schemes send instead of parameters; null if none
 * @param parameters unquoted values by name, the names in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110 §11.6.1</a>
 */
public record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {

  /** Copies the parameters. */
  public Challenge {
    // Sorted, not hashed: Map.copyOf takes quadratic time for names whose hashes collide.
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Whether it has this scheme; case does not matter. */
  public boolean isOf(String aScheme) {
    return scheme.equalsIgnoreCase(aScheme);
  }

  /** The value of a parameter; null if there is none. The case of the name does not matter. */
  public @Nullable String parameter(String name) {
    return parameters.get(name.toLowerCase(Locale.ROOT));
  }

  /** Leaves out the values, which may be secret. */
  @Override
  public String toString() {
    return "Challenge[" + scheme + " " + parameters.keySet() + "]";
  }
}
