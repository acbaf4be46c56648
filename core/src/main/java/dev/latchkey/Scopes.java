package dev.latchkey;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the {@code scope} parameter: a list of space-delimited, case-sensitive strings (RFC 6749
 * §3.3).
 */
final class Scopes {
  /** {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )}. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  private Scopes() {}

  /** The scope tokens in the order given; empty for a blank list. */
  static Set<String> parse(String scope) {
    var tokens = new LinkedHashSet<String>();
    for (String token : scope.split(" ", -1)) {
      if (token.isEmpty()) {
        continue;
      }
      if (!TOKEN.matcher(token).matches()) {
        throw new IllegalArgumentException("Not a scope token of RFC 6749 §3.3: " + token);
      }
      tokens.add(token);
    }
    return tokens;
  }
}
