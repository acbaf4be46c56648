package dev.latchkey.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;

/** Builds the tree of one strict JSON object member by member, to detect repeated names. */
final class JsonTree {

  /** No reply of any known server is nested deeper than 5. */
  private static final int MAX_NESTING = 32;

  /** A page of a listing is decoded while it is parsed; the reader's buffer pays from here on. */
  private static final int MIN_STREAMED = 1 << 13;

  private static final String NOT_UTF_8 = "not UTF-8";

  private JsonTree() {}

  static JsonObject read(byte[] utf8, int maxValues) {
    byte[] bytes = LoneSurrogates.repair(utf8);
    // It reports malformed input, where new String would insert U+FFFD.
    CharsetDecoder decoder = UTF_8.newDecoder();
    if (bytes.length > MIN_STREAMED && isObject(bytes) && !LoneSurrogates.mayBeEscaped(bytes)) {
      return parse(new InputStreamReader(new ByteArrayInputStream(bytes), decoder), maxValues);
    }
    try {
      return read(decoder.decode(ByteBuffer.wrap(bytes)).toString(), maxValues);
    } catch (CharacterCodingException e) {
      throw new MalformedJson(NOT_UTF_8);
    }
  }

  /** Whether it begins as an object; if not, its start says what it is instead. */
  private static boolean isObject(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && Character.isWhitespace(bytes[at])) {
      at++;
    }
    return at < bytes.length && bytes[at] == '{';
  }

  static JsonObject read(String text) {
    return read(text, Integer.MAX_VALUE);
  }

  private static JsonObject read(String json, int maxValues) {
    String text = LoneSurrogates.repair(json);
    String start = start(text);
    if (start.isEmpty()) {
      throw new MalformedJson(Json.EMPTY);
    }
    if (start.startsWith("<")) {
      throw new MalformedJson("HTML page");
    }
    return parse(new StringReader(text), maxValues);
  }

  private static JsonObject parse(Reader text, int maxValues) {
    EndNoting source = new EndNoting(text);
    try (Counting reader = new Counting(source, maxValues)) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(MAX_NESTING);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new MalformedJson("not a JSON object");
      }
      JsonObject object = object(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJson("data after the JSON object");
      }
      return object;
    } catch (CharacterCodingException e) {
      throw new MalformedJson(NOT_UTF_8);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      // No cause: Gson's messages quote paths and names from the text.
      throw new MalformedJson(source.atEnd ? "truncated JSON" : "malformed JSON");
    }
  }

  private static String start(String text) {
    String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return start.stripLeading();
  }

  private static JsonObject object(Counting reader) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.has(name)) {
        throw new MalformedJson("JSON that names a member twice");
      }
      object.add(name, value(reader));
    }
    reader.endObject();
    return object;
  }

  private static JsonArray array(Counting reader) throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(value(reader));
    }
    reader.endArray();
    return array;
  }

  private static JsonElement value(Counting reader) throws IOException {
    reader.count();
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader);
      case BEGIN_ARRAY -> array(reader);
      case STRING -> new JsonPrimitive(reader.nextString());
      case NULL -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      // Not as a double, which would round. The reader accepts at most 1024 digits.
      case NUMBER -> new JsonPrimitive(new BigDecimal(reader.nextString()));
      default -> throw new MalformedJson("malformed JSON");
    };
  }

  /** Counts values: a tree takes far more memory than its text. */
  private static final class Counting extends JsonReader {
    private final int limit;
    private int values;

    Counting(Reader in, int limit) {
      super(in);
      this.limit = limit;
    }

    void count() {
      if (++values > limit) {
        throw new MalformedJson("more than " + limit + " values");
      }
    }
  }

  /** Notes whether the parser reached the end of the text: then a fault means truncation. */
  private static final class EndNoting extends FilterReader {
    boolean atEnd;

    EndNoting(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      atEnd |= count < 0;
      return count;
    }
  }
}
