package dev.latchkey.testkit.internal.http;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** Parses JSON text strictly. */
public final class JsonText {

  private static final TypeAdapter<JsonObject> OBJECTS = new Gson().getAdapter(JsonObject.class);

  private JsonText() {}

  /**
   * Parses a JSON object.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static JsonObject object(String text) {
    try (var reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      if (reader.peek() == JsonToken.BEGIN_OBJECT) {
        var object = OBJECTS.read(reader);
        if (reader.peek() == JsonToken.END_DOCUMENT) {
          return object;
        }
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException("Not a JSON object: " + text, e);
    }
    throw new IllegalArgumentException("Not a JSON object: " + text);
  }
}
