package dev.latchkey.testkit.internal.graph.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.FakePlan;
import dev.latchkey.testkit.PlannedTask;
import dev.latchkey.testkit.fixture.GraphFixture;
import dev.latchkey.testkit.fixture.HttpApp;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerHandlerTest extends GraphFixture {

  private static final String DONE = "{\"percentComplete\":100}";

  private final FakePlan plan = graph.addTeam("Team", ADELE, BRUNO).addPlan("Launch");
  private final String task = plan.addTask("Write", ADELE);
  private final String path = "/planner/tasks/" + task;

  @Test
  void tasksAreListedByUserAndByPlanWithETags() throws Exception {
    String others = plan.addTask("Read", BRUNO);

    HttpApp.Reply mine = get("/me/planner/tasks");
    HttpApp.Reply all = get("/planner/plans/" + plan.id() + "/tasks");

    assertThat(values(mine)).extracting(each -> each.get("id").getAsString()).containsExactly(task);
    assertThat(values(all))
        .extracting(each -> each.get("id").getAsString())
        .containsExactly(task, others);
    assertThat(values(all))
        .allMatch(each -> each.get("@odata.etag").getAsString().startsWith("W/"));
  }

  @Test
  void changeRequiresTheCurrentETag() throws Exception {
    String etag = get(path).get("@odata.etag");

    HttpApp.Reply without = patch(path, DONE);
    plan.touchTask(task);
    HttpApp.Reply stale = patch(path, DONE, "If-Match", etag);
    int percent = plan.task(task).percentComplete();
    HttpApp.Reply done = patch(path, DONE, "If-Match", get(path).get("@odata.etag"));

    assertThat(List.of(without.status(), stale.status(), done.status()))
        .containsExactly(412, 412, 204);
    assertThat(code(stale)).as("Planner has none").isEmpty();
    assertThat(percent).isZero();
    assertThat(done.body()).isEmpty();
    assertThat(plan.task(task).percentComplete()).isEqualTo(100);
    assertThat(get(path).json().get("completedDateTime").isJsonNull()).isFalse();
  }

  @Test
  void conflictCanBeA409() throws Exception {
    String etag = get(path).get("@odata.etag");
    graph.settings().staleTaskStatus(409);
    plan.touchTask(task);

    assertThat(patch(path, DONE, "If-Match", etag).status()).isEqualTo(409);
  }

  @Test
  void representationComesBackIfPreferred() throws Exception {
    String etag = get(path).get("@odata.etag");

    HttpApp.Reply reply = patch(path, DONE, "If-Match", etag, "Prefer", "return=representation");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.get("@odata.etag")).isNotEqualTo(etag);
    assertThat(reply.get("percentComplete")).isEqualTo("100");
  }

  @Test
  void unknownMembersAndInvalidValuesAreRefused() throws Exception {
    String etag = get(path).get("@odata.etag");

    HttpApp.Reply unknown = patch(path, "{\"done\":true}", "If-Match", etag);
    HttpApp.Reply nonsense = patch(path, "{\"percentComplete\":\"all\"}", "If-Match", etag);

    assertThat(List.of(unknown.status(), nonsense.status())).containsExactly(400, 400);
    assertThat(plan.task(task).version()).isEqualTo(1);
  }

  @Test
  void taskIsAdded() throws Exception {
    HttpApp.Reply created =
        post("/planner/tasks", "{\"planId\":\"" + plan.id() + "\",\"title\":\"More\"}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(plan.tasks()).extracting(PlannedTask::title).containsExactly("Write", "More");
  }

  @Test
  void nonMemberIsRefused() throws Exception {
    signInAs(CHANDRA);

    assertThat(get(path).status()).isEqualTo(403);
    assertThat(get("/planner/plans/" + plan.id() + "/tasks").status()).isEqualTo(403);
    assertThat(get("/planner/tasks/nonsense").status()).isEqualTo(404);
  }
}
