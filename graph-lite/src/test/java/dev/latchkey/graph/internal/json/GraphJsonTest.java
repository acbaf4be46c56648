package dev.latchkey.graph.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphJsonTest {

  private final JsonObject json = new JsonObject();

  @Test
  void absentObjectIsEmpty() {
    json.add("text", new JsonPrimitive("a"));

    assertThat(GraphJson.child(json, "text").isEmpty()).isTrue();
    assertThat(GraphJson.child(json, "absent").isEmpty()).isTrue();
  }

  /** Such a member in the response to one request of a batch made the whole batch fail, untyped. */
  @Test
  void headerNameOfControlCharactersIsLeftOut() {
    json.addProperty("\u0001", "none");
    json.addProperty("Retry-After", "10");
    json.addProperty("retry-after\u0001", "20");

    assertThat(GraphJson.headers(json).map()).containsExactly(entry("Retry-After", List.of("20")));
  }
}
