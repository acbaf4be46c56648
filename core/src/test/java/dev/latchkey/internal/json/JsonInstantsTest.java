package dev.latchkey.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.fixture.Allocation;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInstantsTest {

  private final JsonObject json = new JsonObject();

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    "1969-12-31T23:59:59Z, 1969-12-31T23:59:59Z",
    "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
    "2026-03-01T12:00:00.1234567Z, 2026-03-01T12:00:00.1234567Z",
    "2026-03-01T12:00:00+02:00, 2026-03-01T10:00:00Z",
    "2026-03-01T12:00:00-08:00, 2026-03-01T20:00:00Z",
    "2026-03-01T12:00:00, 2026-03-01T12:00:00Z",
    "2026-07-01T12:00, 2026-07-01T12:00:00Z",
  })
  void timeWithoutZoneIsUtc(String text, Instant time) {
    json.addProperty("at", text);

    assertThat(JsonInstants.read(json, "at")).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2026-03-01",
        "12:00:00Z",
        "2026-02-30T12:00:00Z",
        "2025-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-03-00T12:00:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T12:60:00Z",
        "2026-03-01T12:00:60Z",
        "2026-03-01 12:00:00Z",
        "2026-03-0/T12:00:00Z",
        "2026-03-01T12:00:0:Z",
        "+026-03-01T12:00:00Z",
        "２026-03-01T12:00:00Z",
      })
  void invalidTimeCountsAsAbsent(String text) {
    json.addProperty("at", text);

    assertThat(JsonInstants.read(json, "at")).isNull();
  }

  /** A formatter allocates 2 to 3 KB for each date, and a listing has two dates an item. */
  @Test
  void timeAsGraphWritesItIsReadWithoutAFormatter() {
    json.addProperty("at", "2026-03-01T12:00:00Z");

    assertThat(Allocation.of(() -> String.valueOf(JsonInstants.read(json, "at") == null)))
        .isLessThan(200);
  }

  @Test
  void valueThatIsNotTextCountsAsAbsent() {
    json.add("none", JsonNull.INSTANCE);
    json.add("number", new JsonPrimitive(1));

    assertThat(JsonInstants.read(json, "none")).isNull();
    assertThat(JsonInstants.read(json, "number")).isNull();
    assertThat(JsonInstants.read(json, "absent")).isNull();
  }
}
