package dev.latchkey.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.fixture.QuickTime;
import dev.latchkey.graph.fixture.ScriptedGraph;
import dev.latchkey.graph.planner.PlannerTask;
import dev.latchkey.graph.planner.TaskChange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private final QuickTime time = new QuickTime();
  private ScriptedGraph server;
  private GraphClient graph;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedGraph();
    graph = GraphClients.client(server, time);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tasksAreReadWhateverGraphLeavesOut() {
    server
        .answer(
            200,
            "{\"value\":[{\"@odata.etag\":\"W/\\\"JzEt\\\"\",\"id\":\"k1\",\"planId\":\"p1\","
                + "\"bucketId\":\"b1\",\"title\":\"Write\",\"percentComplete\":50,\"priority\":3,"
                + "\"dueDateTime\":\"2026-03-01T12:00:00Z\",\"startDateTime\":null,"
                + "\"createdDateTime\":\"2015-03-25T22:40:44.5665917\",\"assignments\":"
                + "{\"u1\":{\"orderHint\":\"x\"}}},{\"id\":\"k2\",\"assignments\":{}}]}")
        .answer(200, "{\"value\":[]}");

    assertThat(graph.planner().myTasks())
        .containsExactly(
            new PlannerTask(
                "k1",
                "W/\"JzEt\"",
                "p1",
                "b1",
                "Write",
                50,
                3,
                null,
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2015-03-25T22:40:44.566591700Z"),
                null,
                Set.of("u1")),
            task("k2", 0));
    assertThat(graph.planner().tasksOf("p1")).isEmpty();
    assertThat(server.asked())
        .extracting(ScriptedGraph.Asked::target)
        .containsExactly("/v1.0/me/planner/tasks", "/v1.0/planner/plans/p1/tasks");
  }

  @Test
  void changeIsComputedAnewForTheTaskAsOthersChangedIt() {
    server.answer(200, json(1, 10)).answer(412, "{\"error\":{\"code\":\"\"}}");
    server.answer(200, json(2, 40)).answer(409, "{\"error\":{\"code\":\"\"}}");
    server.answer(200, json(3, 60)).answer(200, json(4, 70));

    PlannerTask changed =
        graph
            .planner()
            .update("k1", task -> TaskChange.none().percentComplete(task.percentComplete() + 10));

    assertThat(changed.percentComplete()).isEqualTo(70);
    assertThat(server.asked())
        .filteredOn(asked -> asked.method().equals("PATCH"))
        .extracting(asked -> asked.header("If-Match") + " " + asked.body())
        .containsExactly(
            "W/\"1\" {\"percentComplete\":20}",
            "W/\"2\" {\"percentComplete\":50}",
            "W/\"3\" {\"percentComplete\":70}");
    assertThat(server.asked().get(1).header("Prefer")).isEqualTo("return=representation");
    assertThat(time.waits()).hasSize(2);
    assertThat(time.waits().get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(time.waits().get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void updateGivesUpAfterFiveRounds() {
    for (int round = 1; round <= 5; round++) {
      server.answer(200, json(round, 0)).answer(412, "");
    }

    assertThatThrownBy(() -> graph.planner().complete("k1")).isInstanceOf(PreconditionFailed.class);

    assertThat(server.asked()).hasSize(10);
  }

  @Test
  void taskIsReadAgainIfGraphDoesNotReturnIt() {
    server.answer(200, json(1, 0)).answer(204, "").answer(200, json(2, 100));

    PlannerTask done = graph.planner().complete("k1");

    assertThat(done.isComplete()).isTrue();
    assertThat(done.etag()).isEqualTo("W/\"2\"");
    assertThat(server.asked().get(1).body()).isEqualTo("{\"percentComplete\":100}");
  }

  @Test
  void changeThatSomethingElseTookInGraphsPlaceIsNotReportedAsMade() {
    server.answer(200, json(1, 0)).answer(200, "");

    assertThatThrownBy(() -> graph.planner().complete("k1"))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("Graph answered HTTP 200 instead of 204 without a body");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 429})
  void changeThatWasMadeDoesNotFailBecauseTheTaskCannotBeReadAgain(int status) {
    server.answer(200, json(1, 0)).answer(204, "").answer(status, "", "Retry-After", "315");

    PlannerTask done = graph.planner().complete("k1");

    assertThat(done.id()).isEqualTo("k1");
    assertThat(done.isComplete()).isTrue();
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void completedTaskIsNotChanged() {
    server.answer(200, json(1, 100));

    assertThat(graph.planner().complete("k1").isComplete()).isTrue();

    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void changesAreWrittenAsGraphReadsThem() {
    server.answer(200, json(1, 0)).answer(200, json(2, 0));

    graph
        .planner()
        .update(
            "k1",
            task ->
                TaskChange.none()
                    .title("Read")
                    .bucketId("b2")
                    .priority(1)
                    .startDateTime(null)
                    .dueDateTime(Instant.parse("2026-03-01T00:00:00Z")));

    assertThat(server.asked().get(1).body())
        .isEqualTo(
            "{\"title\":\"Read\",\"bucketId\":\"b2\",\"priority\":1,\"startDateTime\":null,"
                + "\"dueDateTime\":\"2026-03-01T00:00:00Z\"}");
  }

  @Test
  void numbersOutOfRangeAreRejectedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> TaskChange.none().percentComplete(101));
    assertThatIllegalArgumentException().isThrownBy(() -> TaskChange.none().priority(-1));
  }

  private static PlannerTask task(String id, int percent) {
    return new PlannerTask(
        id, null, null, null, null, percent, null, null, null, null, null, Set.of());
  }

  private static String json(int version, int percent) {
    return "{\"id\":\"k1\",\"@odata.etag\":\"W/\\\"%d\\\"\",\"percentComplete\":%d}"
        .formatted(version, percent);
  }
}
