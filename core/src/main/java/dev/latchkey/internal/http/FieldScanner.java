package dev.latchkey.internal.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A position in a field value, and the elements of RFC 9110's grammar that can be read there. A
 * missing element reads as empty or null, and the position stays.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6">RFC 9110 §5.6</a>
 */
final class FieldScanner {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final String TOKEN68_MARKS = "-._~+/";

  private final String text;
  private int at;

  FieldScanner(String text) {
    this.text = text;
  }

  /** "A recipient MUST parse and ignore a reasonable number of empty list elements". */
  void skipEmptyElements() {
    while (skipBlanks() || skip(',')) {
      // Each call moves the position.
    }
  }

  boolean skipBlanks() {
    return !run(c -> c == ' ' || c == '\t').isEmpty();
  }

  boolean skipEquals() {
    skipBlanks();
    boolean there = skip('=');
    skipBlanks();
    return there;
  }

  /** Whether a comma or the end of the value is here. */
  boolean elementEnds() {
    return at == text.length() || text.charAt(at) == ',';
  }

  String token() {
    return run(c -> isOneOf(c, TOKEN_MARKS));
  }

  /** A token68 that fills the rest of the element; {@code a=b} and {@code a = b} are not one. */
  @Nullable String token68() {
    int start = at;
    if (!run(c -> isOneOf(c, TOKEN68_MARKS)).isEmpty()) {
      run(c -> c == '='); // padding, of any length
      int end = at;
      skipBlanks();
      if (elementEnds()) {
        return text.substring(start, end);
      }
    }
    at = start;
    return null;
  }

  /** Whether the next element is a parameter, not a scheme. If so, moves to it. */
  boolean parameterFollows() {
    int before = at;
    skipEmptyElements();
    int start = at;
    boolean follows = !token().isEmpty() && skipEquals();
    at = follows ? start : before;
    return follows;
  }

  /** The value of a parameter, unquoted; null if there is none, or no closing quote. */
  @Nullable String value() {
    return skip('"') ? quoted() : unquoted();
  }

  private @Nullable String quoted() {
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') {
        return value.toString();
      }
      if (next == '\\') {
        if (at == text.length()) {
          return null;
        }
        next = text.charAt(at++);
      }
      if (isControl(next)) {
        return null;
      }
      value.append(next);
    }
    return null;
  }

  /** A token by the grammar; but some servers send Base64 and URIs unquoted, too. */
  private @Nullable String unquoted() {
    String value = run(c -> c > ' ' && c < 0x7F && c != '"' && c != ',' && c != '\\');
    return value.isEmpty() ? null : value;
  }

  /** Reads the characters up to the first that does not belong to a run. */
  @CanIgnoreReturnValue
  private String run(IntPredicate belongs) {
    int start = at;
    while (at < text.length() && belongs.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean skip(char wanted) {
    if (at == text.length() || text.charAt(at) != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7F;
  }

  private static boolean isOneOf(int c, String marks) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || marks.indexOf(c) >= 0;
  }
}
