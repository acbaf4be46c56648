package dev.latchkey.internal.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the challenges of a {@code WWW-Authenticate} field value from left to right, in linear
 * time. A challenge that violates the grammar ends the reading, because the start of the next one
 * is unknown; those before it count.
 *
 * <p>{@code challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]}, and a field value is a
 * list of them, with commas between the parameters as between the challenges.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110 §11.6.1</a>
 */
public final class Challenges {

  /** Ample for several challenges with claims; a longer field is ignored. */
  private static final int MAX_FIELD_LENGTH = 1 << 16;

  private final FieldScanner scanner;

  private Challenges(String value) {
    scanner = new FieldScanner(value);
  }

  /**
   * The challenges of all {@code WWW-Authenticate} fields, in order; empty if there are none.
   *
   * @param headers the fields by name, in any case; a null name is that of a status line
   */
  public static List<Challenge> read(Map<String, ? extends Collection<String>> headers) {
    return headers.entrySet().stream()
        .filter(field -> "WWW-Authenticate".equalsIgnoreCase(field.getKey()))
        .flatMap(field -> field.getValue().stream())
        .flatMap(value -> read(value).stream())
        .toList();
  }

  /** The challenges of one field value. */
  public static List<Challenge> read(String value) {
    if (value.length() > MAX_FIELD_LENGTH) {
      return List.of();
    }
    Challenges source = new Challenges(value);
    return Stream.iterate(source.next(), Objects::nonNull, before -> source.next()).toList();
  }

  /** The next challenge; null at the end, or where the grammar is violated. */
  private @Nullable Challenge next() {
    scanner.skipEmptyElements();
    String scheme = scanner.token();
    boolean apart = scanner.skipBlanks();
    if (scheme.isEmpty() || !(apart || scanner.elementEnds())) {
      return null;
    }
    Map<String, String> parameters = new TreeMap<>();
    if (!scanner.elementEnds()) {
      String token68 = scanner.token68();
      if (token68 != null) {
        return new Challenge(scheme, token68, parameters);
      }
      if (!parameter(parameters)) {
        return null;
      }
    }
    while (scanner.parameterFollows()) {
      if (!parameter(parameters)) {
        return null;
      }
    }
    return new Challenge(scheme, null, parameters);
  }

  /** Reads {@code token BWS "=" BWS ( token / quoted-string )} up to the comma or the end. */
  private boolean parameter(Map<String, String> parameters) {
    String name = scanner.token().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || !scanner.skipEquals()) {
      return false;
    }
    String value = scanner.value();
    scanner.skipBlanks();
    // "each parameter name MUST only occur once per challenge": which one would count?
    return value != null && scanner.elementEnds() && parameters.putIfAbsent(name, value) == null;
  }
}
