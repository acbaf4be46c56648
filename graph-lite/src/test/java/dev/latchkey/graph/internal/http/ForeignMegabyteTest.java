package dev.latchkey.graph.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.google.gson.JsonObject;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.planner.PlannerTask;
import dev.latchkey.internal.json.JsonInstants;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Graph sends is read in linear time, too; what is not takes minutes for a megabyte. */
@Timeout(value = 30, threadMode = SEPARATE_THREAD)
class ForeignMegabyteTest {

  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @ValueSource(strings = {"?", "?=", "a", "A1-", " ", "\n", "\u200b", "\u0300", "2026-01-01T"})
  void errorOfAMegabyteIsReadInLinearTime(String unit) {
    String text = unit.repeat(MEGABYTE / unit.length());
    JsonObject error = new JsonObject();
    for (String name : List.of("code", "message", "request-id", "date")) {
      error.addProperty(name, text);
    }
    JsonObject body = new JsonObject();
    body.add("error", error);
    error.add("innerError", error.deepCopy());
    HttpHeaders headers =
        HttpHeaders.of(Map.of("request-id", List.of(text), "Date", List.of(text)), (n, v) -> true);

    GraphError read = GraphErrorMapper.error(400, headers, body, null);

    assertThat(String.valueOf(read.message())).hasSizeLessThanOrEqualTo(400);
    assertThat(String.valueOf(read.code())).hasSizeLessThanOrEqualTo(100);
    assertThat(JsonInstants.read(error, "date")).isNull();
  }

  /** All of these names have the same hash. */
  @Test
  void taskWithCollidingAssignmentsIsReadInLinearTime() {
    JsonObject assignments = new JsonObject();
    IntStream.range(0, 1 << 15)
        .mapToObj(
            number ->
                IntStream.range(0, 15)
                    .mapToObj(bit -> (number >> bit & 1) == 0 ? "a~" : "b_")
                    .collect(Collectors.joining()))
        .forEach(name -> assignments.addProperty(name, 1));
    JsonObject task = new JsonObject();
    task.addProperty("id", "t");
    task.add("assignments", assignments);

    assertThat(PlannerTask.fromJson(task).assigneeIds()).hasSize(1 << 15);
  }
}
