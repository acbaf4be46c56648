package dev.latchkey.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.latchkey.fixture.Allocation;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|empty body",
        "`  \r\n\t `|empty body",
        "<html><body>Sign in to the Wi-Fi</body></html>|HTML page",
        "` <!DOCTYPE html>`|HTML page",
        "hello|malformed JSON",
        "\"hello\"|not a JSON object",
        "[]|not a JSON object",
        "[{\"a\":1}]|not a JSON object",
        "null|not a JSON object",
        "12|not a JSON object",
        "{\"a\":1|truncated JSON",
        "{\"a\":\"secret-tok|truncated JSON",
        "{\"a\":\"x\\|truncated JSON",
        "{\"a\":\"x\\u00|truncated JSON",
        "{\"a\":|truncated JSON",
        "{\"a\":tru|truncated JSON",
        "{|truncated JSON",
        "{\"a\":1} x|malformed JSON",
        "{\"a\":1}{}|malformed JSON",
        "{\"a\":1,}|malformed JSON",
        "{a:1}|malformed JSON",
        "{'a':1}|malformed JSON",
        "{\"a\"=1}|malformed JSON",
        "{\"a\":NaN}|malformed JSON",
        "{\"a\":TRUE}|malformed JSON",
        "{\"a\":01}|malformed JSON",
        "{\"a\":1e99999999999999}|malformed JSON",
        "{\"a\":\"x\\x\"}|malformed JSON",
        "{\"a\":1}/*x*/|malformed JSON",
        ")]}'{\"a\":1}|malformed JSON",
        "{\"a\":1,\"a\":2}|JSON that names a member twice",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}|JSON that names a member twice",
      })
  void textThatIsNotOneStrictObjectIsDescribedAndNeverQuoted(String text, String problem) {
    assertThatThrownBy(() -> Json.object(text.getBytes(UTF_8)))
        .isInstanceOf(MalformedJson.class)
        .hasMessage(problem)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNestingIsRejectedAndNeverOverflowsTheStack(String opening) {
    String text = "{\"a\":" + opening.repeat(200_000);

    assertThatThrownBy(() -> Json.object(text))
        .isInstanceOf(MalformedJson.class)
        .hasMessage("malformed JSON");
  }

  @Test
  void ordinaryNestingIsAccepted() {
    JsonObject object = Json.object("{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}");

    assertThat(object.has("a")).isTrue();
  }

  /** A large text is decoded while it is parsed, a small one before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\":1}",
        "\"a\":\"é€😀\",\"é\":[\"ü\"]}",
        "\"a\":\"x\\ud83dy\",\"b\":\"\\ud83d\\ude00\",\"c\":\"\\\\ud83d\"}",
        "\"a\":\"\\u00e9\\n\"} \n",
        "\"a\":1",
        "\"a\":\"x",
        "\"a\":\"x\\u00",
        "\"a\":1}x",
        "\"a\":1}{}",
        "\"a\":1,\"a\":2}",
        "\"pad\":1}",
        "\"a\":1,}",
        "\"a\":TRUE}",
        "\"a\":\"x\0y\"}",
        "",
      })
  void largeTextIsReadLikeASmallOne(String rest) {
    for (int end = 16_384 - 24; end <= 16_384; end++) { // the reader's buffer ends within the rest
      String start = "{\"pad\":\"" + "é".repeat(20);
      String text = start + "x".repeat(end - 3 - start.getBytes(UTF_8).length) + "\"," + rest;
      byte[] utf8 = text.getBytes(UTF_8);

      assertThat(outcome(() -> Json.object(utf8))).isEqualTo(outcome(() -> Json.object(text)));
    }
    String text = "{\"pad\":\"" + "x".repeat(10_000) + "\"," + rest;
    for (String start : List.of("\uFEFF", " \r\n\t", "\u3000")) {
      byte[] utf8 = (start + text).getBytes(UTF_8);

      assertThat(outcome(() -> Json.object(utf8)))
          .isEqualTo(outcome(() -> Json.object(start + text)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5_000, 20_000})
  void largeBytesThatAreNotUtf8AreRejectedWhereverTheFaultIs(int at) {
    byte[] bytes = ("{\"a\":\"" + "x".repeat(20_010) + "\"}").getBytes(UTF_8);
    bytes[at + 8] = (byte) 0xE9;

    assertThatThrownBy(() -> Json.object(bytes)).hasMessage("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5_000, 20_000})
  void halfASurrogatePairInLargeBytesBecomesAReplacementCharacter(int at) {
    byte[] bytes = ("{\"a\":\"" + "x".repeat(20_010) + "\"}").getBytes(UTF_8);
    bytes[at + 7] = (byte) 0xED;
    bytes[at + 8] = (byte) 0xB0;
    bytes[at + 9] = (byte) 0x80;

    assertThat(Json.string(Json.object(bytes), "a"))
        .isEqualTo("x".repeat(at + 1) + "\uFFFD" + "x".repeat(20_006 - at));
  }

  /** The text of a page used to be held three more times: decoded, as a string, and repaired. */
  @Test
  void largeTextIsNotHeldAsAString() {
    byte[] utf8 = ("{\"a\":" + " ".repeat(1 << 20) + "1}").getBytes(UTF_8);

    assertThat(Allocation.of(() -> Json.object(utf8))).isLessThan(utf8.length / 4);
  }

  private static String outcome(Supplier<JsonObject> read) {
    try {
      return read.get().toString();
    } catch (MalformedJson e) {
      return "malformed: " + e.getMessage();
    }
  }

  @Test
  void treeOfMoreValuesThanAllowedIsNotBuilt() {
    byte[] six = "{\"a\":[1,{\"b\":null},\"c\",true]}".getBytes(UTF_8);

    assertThat(Json.object(six, 6).getAsJsonArray("a")).hasSize(4);
    assertThatThrownBy(() -> Json.object(six, 5))
        .isInstanceOf(MalformedJson.class)
        .hasMessage("more than 5 values");
  }

  @Test
  void bytesThatAreNotUtf8AreRejected() {
    byte[] latin1 = {'{', '"', 'a', '"', ':', '"', (byte) 0xE9, '"', '}'};

    assertThatThrownBy(() -> Json.object(latin1)).hasMessage("not UTF-8");
  }

  @Test
  void nulByteIsRejectedAndItsEscapeIsKept() {
    assertThatThrownBy(() -> Json.object("{\"a\":\"x\0y\"}")).hasMessage("malformed JSON");
    assertThat(Json.string(Json.object("{\"a\":\"x\\u0000y\"}"), "a")).isEqualTo("x\0y");
  }

  @Test
  void byteOrderMarkIsSkipped() {
    JsonObject object = Json.object("\uFEFF{\"a\":\"x\"}".getBytes(UTF_8));

    assertThat(Json.string(object, "a")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "x\\ud83dy, x\uFFFDy",
    "\\ude00\\ud83d, \uFFFD\uFFFD",
    "\\uD83D, \uFFFD",
    "\\ud83d\\n, '\uFFFD\n'",
    "\\ud83d\\ud83d\\ude00, \uFFFD😀",
    "\\ud83d\\ude00, 😀",
    "\\\\ud83d, \\ud83d",
    "\\\\\\ud83d, \\\uFFFD",
  })
  void halfASurrogatePairBecomesAReplacementCharacter(String escaped, String text) {
    assertThat(Json.string(Json.object("{\"a\":\"" + escaped + "\"}"), "a")).isEqualTo(text);
    assertThat(Json.object("{\"" + escaped + "\":1}").keySet()).containsExactly(text);
  }

  @Test
  void halfASurrogatePairThatIsNotEscapedBecomesAReplacementCharacter() {
    assertThat(Json.string(Json.object("{\"a\":\"x\ud83dy\"}"), "a")).isEqualTo("x\uFFFDy");
    assertThat(Json.string(Json.object("{\"a\":\"" + '\ud83d' + "\\ude00\"}"), "a"))
        .isEqualTo("😀");
  }

  @Test
  void halfASurrogatePairInBytesBecomesAReplacementCharacter() {
    byte[] bytes = "{\"a\":\"x???y\"}".getBytes(UTF_8);
    bytes[7] = (byte) 0xED;
    bytes[8] = (byte) 0xA0;
    bytes[9] = (byte) 0xBD;

    assertThat(Json.string(Json.object(bytes), "a")).isEqualTo("x\uFFFDy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"\\ud83", "{\"a\":\"\\ud8zz\"}", "{\"a\":\"x\\", "\\ud83d"})
  void repairingASurrogateAcceptsNothingElse(String text) {
    assertThatThrownBy(() -> Json.object(text)).isInstanceOf(MalformedJson.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "3600|3600",
        "\"3600\"|3600",
        "\" 3600 \"|3600",
        "3600.9|3600",
        "-0.5|-1",
        "-7|-7",
        "1e3|1000",
        "1e99|9223372036854775807",
        "\"1e99\"|9223372036854775807",
        "1e999999999|9223372036854775807",
        "-1e999999999|-9223372036854775808",
        "1e-999999999|0",
        "1e-99999999|0",
        "-1e-99999999|-1",
        "0e999999999|0",
        "0e-999999999|0",
        "9223372036854775807|9223372036854775807",
        "999999999999999999|999999999999999999",
        "-999999999999999999|-999999999999999999",
        "1000000000000000000|1000000000000000000",
        "99999999999999999999|9223372036854775807",
        "\"\"|null",
        "\"soon\"|null",
        "\"0x10\"|null",
        "\"NaN\"|null",
        "\"Infinity\"|null",
        "true|null",
        "null|null",
        "[3600]|null",
        "{}|null",
      })
  void numberOfAnyShapeIsReadIntoTheRangeOfALong(
      String value, @org.jspecify.annotations.Nullable Long expected) {
    JsonObject object = Json.object("{\"n\":" + value + "}");

    assertThat(Json.whole(object, "n", RoundingMode.FLOOR)).isEqualTo(expected);
  }

  @Test
  void numberOfAThousandDigitsIsIgnored() {
    JsonObject object = Json.object("{\"n\":\"" + "9".repeat(100_000) + "\"}");

    assertThat(Json.whole(object, "n", RoundingMode.FLOOR)).isNull();
    assertThatThrownBy(() -> Json.object("{\"n\":" + "9".repeat(100_000) + "}"))
        .isInstanceOf(MalformedJson.class);
  }

  @Test
  void fractionIsRoundedAsAsked() {
    JsonObject object = Json.object("{\"n\":2.1}");

    assertThat(Json.whole(object, "n", RoundingMode.CEILING)).isEqualTo(3);
    assertThat(Json.whole(object, "n", RoundingMode.FLOOR)).isEqualTo(2);
  }

  @Test
  void stringIsAStringAndNothingElse() {
    JsonObject object =
        Json.object("{\"s\":\"x\",\"list\":[\"x\"],\"n\":1,\"nil\":null,\"e\":\"\"}");

    assertThat(Json.string(object, "s")).isEqualTo("x");
    assertThat(Json.string(object, "nil")).isNull();
    assertThat(Json.string(object, "absent")).isNull();
    assertThat(Json.stringOrNull(object, "list")).isNull();
    assertThat(Json.requiredString(object, "s")).isEqualTo("x");
    assertThatThrownBy(() -> Json.string(object, "list")).hasMessage("\"list\" is not a string");
    assertThatThrownBy(() -> Json.string(object, "n")).hasMessage("\"n\" is not a string");
    assertThatThrownBy(() -> Json.requiredString(object, "nil")).hasMessage("\"nil\" is missing");
    assertThatThrownBy(() -> Json.requiredString(object, "e")).hasMessage("\"e\" is missing");
  }

  @Test
  void listsAreReadWithTheirElementsChecked() {
    JsonObject object =
        Json.object(
            "{\"one\":\"x\",\"two\":[\"x\",\"y\"],\"bad\":[\"x\",1],\"ints\":[1,\"2\",3e99,null,4]}");

    assertThat(Json.strings(object, "one")).containsExactly("x");
    assertThat(Json.strings(object, "two")).containsExactly("x", "y");
    assertThat(Json.strings(object, "absent")).isEmpty();
    assertThat(Json.ints(object, "ints")).containsExactly(1, 2, 4);
    assertThat(Json.ints(object, "one")).isEmpty();
    assertThatThrownBy(() -> Json.strings(object, "bad"))
        .hasMessage("\"bad\" is not a list of strings");
  }
}
