package dev.latchkey.testkit.internal.graph.mail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code $filter} that mail clients use: comparisons, {@code startswith}, {@code
 * contains} and {@code any}, joined by {@code and} and {@code or}.
 */
final class MailFilter {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*('(?:[^']|'')*'|[\\w.@#$-]+(?:/[\\w.@#$-]+)*|[(),:]|/)");

  private final String text;
  private final Matcher tokens;
  private String token = "";

  /** The name of the variable inside {@code any}; empty outside. */
  private String variable = "";

  private MailFilter(String text) {
    this.text = text;
    tokens = TOKEN.matcher(text);
    next();
  }

  static Predicate<JsonElement> of(@Nullable String text) {
    if (text == null) {
      return element -> true;
    }
    try {
      MailFilter filter = new MailFilter(text);
      Predicate<JsonElement> all = filter.or();
      filter.expect("");
      return all;
    } catch (IllegalArgumentException malformed) {
      throw GraphFailure.of(
          400,
          "BadRequest",
          "Invalid filter clause: " + malformed.getMessage(),
          "ErrorInvalidUrlQueryFilter");
    }
  }

  private void next() {
    if (tokens.lookingAt()) {
      token = tokens.group(1);
      tokens.region(tokens.end(), tokens.regionEnd());
    } else if (text.substring(tokens.regionStart()).isBlank()) {
      token = "";
    } else {
      throw new IllegalArgumentException("unexpected character");
    }
  }

  private String take() {
    String taken = token;
    next();
    return taken;
  }

  private void expect(String wanted) {
    if (!take().equalsIgnoreCase(wanted)) {
      throw new IllegalArgumentException("expected " + wanted);
    }
  }

  private Predicate<JsonElement> or() {
    Predicate<JsonElement> left = and();
    while (token.equalsIgnoreCase("or")) {
      next();
      left = left.or(and());
    }
    return left;
  }

  private Predicate<JsonElement> and() {
    Predicate<JsonElement> left = term();
    while (token.equalsIgnoreCase("and")) {
      next();
      left = left.and(term());
    }
    return left;
  }

  private Predicate<JsonElement> term() {
    String first = take();
    if (first.equals("(")) {
      Predicate<JsonElement> inner = or();
      expect(")");
      return inner;
    }
    if (token.equals("(")) {
      next();
      return first.toLowerCase(Locale.ROOT).endsWith("/any") ? any(first) : call(first);
    }
    String operator = take().toLowerCase(Locale.ROOT);
    return compare(first, test(operator), literal());
  }

  private Predicate<JsonElement> any(String path) {
    String array = path.substring(0, path.length() - "/any".length());
    String outer = variable;
    String name = take();
    expect(":");
    variable = name;
    Predicate<JsonElement> inner = or();
    variable = outer;
    expect(")");
    return element ->
        at(element, array) instanceof JsonArray values
            && StreamSupport.stream(values.spliterator(), false).anyMatch(inner);
  }

  private Predicate<JsonElement> call(String function) {
    String path = take();
    expect(",");
    JsonPrimitive literal = literal();
    expect(")");
    return switch (function.toLowerCase(Locale.ROOT)) {
      case "startswith" -> compare(path, (value, wanted) -> value.startsWith(wanted), literal);
      case "contains" -> compare(path, (value, wanted) -> value.contains(wanted), literal);
      default -> throw new IllegalArgumentException("unknown function " + function);
    };
  }

  private static BiPredicate<String, String> test(String operator) {
    return switch (operator) {
      case "eq" -> String::equals;
      case "ne" -> (value, wanted) -> !value.equals(wanted);
      case "gt" -> (value, wanted) -> value.compareTo(wanted) > 0;
      case "ge" -> (value, wanted) -> value.compareTo(wanted) >= 0;
      case "lt" -> (value, wanted) -> value.compareTo(wanted) < 0;
      case "le" -> (value, wanted) -> value.compareTo(wanted) <= 0;
      default -> throw new IllegalArgumentException("unknown operator " + operator);
    };
  }

  /** Compares as lower-case text: that is right for times, and Exchange ignores case. */
  private Predicate<JsonElement> compare(
      String path, BiPredicate<String, String> test, JsonPrimitive literal) {
    String prefix = variable;
    boolean ofVariable = !prefix.isEmpty() && (path + "/").startsWith(prefix + "/");
    String inner = ofVariable ? path.substring(Math.min(path.length(), prefix.length() + 1)) : path;
    String wanted = literal.getAsString().toLowerCase(Locale.ROOT);
    return element ->
        at(element, inner) instanceof JsonPrimitive value
            && test.test(value.getAsString().toLowerCase(Locale.ROOT), wanted);
  }

  private JsonPrimitive literal() {
    String text = take();
    if (text.startsWith("'")) {
      return new JsonPrimitive(text.substring(1, text.length() - 1).replace("''", "'"));
    }
    // Times contain colons, which are separate tokens elsewhere.
    StringBuilder whole = new StringBuilder(text);
    while (token.equals(":") || (whole.charAt(whole.length() - 1) == ':' && !token.isEmpty())) {
      whole.append(take());
    }
    return new JsonPrimitive(whole.toString());
  }

  private static JsonElement at(JsonElement element, String path) {
    JsonElement at = element;
    for (String name : path.isEmpty() ? List.<String>of() : List.of(path.split("/"))) {
      JsonElement next = at.isJsonObject() ? at.getAsJsonObject().get(name) : null;
      at = next == null ? JsonNull.INSTANCE : next;
    }
    return at;
  }
}
