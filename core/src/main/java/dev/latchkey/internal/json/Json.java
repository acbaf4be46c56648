package dev.latchkey.internal.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads members of JSON objects, and checks their type and range first. Every fault is a {@link
 * MalformedJson}; no exception of Gson's leaves this class.
 */
public final class Json {

  /** The message of the {@link MalformedJson} for a text without any content. */
  public static final String EMPTY = "empty body";

  /** A longer number is not a lifetime, and takes long to convert. */
  private static final int MAX_NUMBER_LENGTH = 64;

  /** So many digits always fit a long. */
  private static final int MAX_LONG_DIGITS = 18;

  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Json() {}

  /**
   * Reads a whole UTF-8 text as one JSON object.
   *
   * @throws MalformedJson if it is anything else; see {@link #object(String)}
   */
  public static JsonObject object(byte[] utf8) {
    return JsonTree.read(utf8, Integer.MAX_VALUE);
  }

  /**
   * Reads a whole UTF-8 text as one JSON object of limited size: in memory a value takes up to a
   * hundred times the three bytes of its text.
   *
   * @param maxValues the most objects, arrays, strings, numbers and literals, however nested
   * @throws MalformedJson if it has more, or is anything else; see {@link #object(String)}
   */
  public static JsonObject object(byte[] utf8, int maxValues) {
    return JsonTree.read(utf8, maxValues);
  }

  /**
   * Reads a whole text as one JSON object. Skips a byte order mark. Half a surrogate pair becomes
   * U+FFFD.
   *
   * @throws MalformedJson if the text is empty, not strictly JSON, not an object, or nested too
   *     deep, if data follows the object, or if it names a member twice (RFC 6749 §3.2: "response
   *     parameters MUST NOT be included more than once")
   */
  public static JsonObject object(String text) {
    return JsonTree.read(text);
  }

  /**
   * Returns a string that must be present and not empty.
   *
   * @throws MalformedJson if it is absent, empty or not a string
   */
  public static String requiredString(JsonObject object, String name) {
    String value = string(object, name);
    if (value == null || value.isEmpty()) {
      throw new MalformedJson("\"" + name + "\" is missing");
    }
    return value;
  }

  /**
   * Returns a string that may be absent.
   *
   * @return the string, or null if the member is absent or JSON null
   * @throws MalformedJson if it is not a string
   */
  public static @Nullable String string(JsonObject object, String name) {
    JsonElement value = member(object, name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw new MalformedJson("\"" + name + "\" is not a string");
  }

  /** Returns a string, or null if the member is absent or not a string: for optional details. */
  public static @Nullable String stringOrNull(JsonObject object, String name) {
    return member(object, name) instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : null;
  }

  /** Whether a member is the boolean true. */
  public static boolean isTrue(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive primitive
        && primitive.isBoolean()
        && primitive.getAsBoolean();
  }

  /**
   * Returns the strings of an array, or the single string in its place; empty if absent.
   *
   * @throws MalformedJson if the member is anything else
   */
  public static List<String> strings(JsonObject object, String name) {
    JsonElement value = member(object, name);
    if (value == null) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    for (JsonElement element : value instanceof JsonArray array ? array : List.of(value)) {
      if (!(element instanceof JsonPrimitive primitive && primitive.isString())) {
        throw new MalformedJson("\"" + name + "\" is not a list of strings");
      }
      strings.add(primitive.getAsString());
    }
    return List.copyOf(strings);
  }

  /** Returns the elements of an array that are ints, and leaves out the others. */
  public static List<Integer> ints(JsonObject object, String name) {
    JsonArray array = object.get(name) instanceof JsonArray given ? given : new JsonArray();
    return array.asList().stream()
        .map(element -> whole(element, RoundingMode.FLOOR))
        .filter(number -> number != null && number == number.intValue())
        .map(Long::intValue)
        .toList();
  }

  /**
   * Returns a number, or the number in a string: some of Microsoft's servers send {@code "3600"}.
   *
   * @param rounding how to round a fraction
   * @return the number, or the nearest long if it is out of range; null if the member is absent or
   *     not a number
   */
  public static @Nullable Long whole(JsonObject object, String name, RoundingMode rounding) {
    return whole(object.get(name), rounding);
  }

  /**
   * Returns a number that must be present, rounded down.
   *
   * @throws MalformedJson if it is absent or not a number
   */
  public static long requiredWhole(JsonObject object, String name) {
    Long number = whole(object, name, RoundingMode.FLOOR);
    if (number == null) {
      throw new MalformedJson("\"" + name + "\" is missing");
    }
    return number;
  }

  private static @Nullable Long whole(@Nullable JsonElement value, RoundingMode rounding) {
    if (!(value instanceof JsonPrimitive primitive) || primitive.isBoolean()) {
      return null;
    }
    if (primitive.isNumber()
        && primitive.getAsNumber() instanceof BigDecimal number
        && number.scale() == 0
        && number.precision() <= MAX_LONG_DIGITS) {
      return number.longValue();
    }
    String digits = primitive.getAsString().strip();
    if (digits.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      // Limited before it is rounded: 1e999999999 written out has a gigabyte of zeros.
      BigDecimal number = new BigDecimal(digits).min(LONG_MAX).max(LONG_MIN);
      return (number.scale() > MAX_NUMBER_LENGTH * 2 ? tiny(number) : number)
          .setScale(0, rounding)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /**
   * A number that rounds like one much closer to zero: 1e-999999999 costs as much as 1e999999999.
   */
  private static BigDecimal tiny(BigDecimal number) {
    return BigDecimal.valueOf(number.signum(), 1);
  }

  private static @Nullable JsonElement member(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value instanceof JsonNull ? null : value;
  }
}
