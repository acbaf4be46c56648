package dev.latchkey.graph.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphJsonTest {

  private final JsonObject json = new JsonObject();

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00.1234567Z, 2026-03-01T12:00:00.1234567Z",
    "2026-03-01T12:00:00+02:00, 2026-03-01T10:00:00Z",
    "2026-03-01T12:00:00-08:00, 2026-03-01T20:00:00Z",
    "2026-03-01T12:00:00, 2026-03-01T12:00:00Z",
    "2026-07-01T12:00, 2026-07-01T12:00:00Z",
  })
  void timeWithoutZoneIsUtc(String text, Instant time) {
    json.addProperty("at", text);

    assertThat(GraphJson.instant(json, "at")).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2026-03-01", "12:00:00Z", "2026-02-30T12:00:00Z"})
  void invalidTimeCountsAsAbsent(String text) {
    json.addProperty("at", text);

    assertThat(GraphJson.instant(json, "at")).isNull();
  }

  @Test
  void valueThatIsNotTextCountsAsAbsent() {
    json.add("none", JsonNull.INSTANCE);
    json.add("number", new JsonPrimitive(1));

    assertThat(GraphJson.instant(json, "none")).isNull();
    assertThat(GraphJson.instant(json, "number")).isNull();
    assertThat(GraphJson.instant(json, "absent")).isNull();
  }

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
