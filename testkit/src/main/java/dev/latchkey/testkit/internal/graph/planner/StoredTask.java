package dev.latchkey.testkit.internal.graph.planner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** A task of a plan. Thread-safe. */
public final class StoredTask {

  private static final Set<String> WRITABLE =
      Set.of(
          "title",
          "percentComplete",
          "priority",
          "startDateTime",
          "dueDateTime",
          "bucketId",
          "orderHint",
          "assigneePriority",
          "appliedCategories",
          "assignments");

  private final String id;
  private final StoredPlan plan;
  private final InstantSource clock;
  private final JsonObject members = new JsonObject();
  private int version = 1;

  StoredTask(String id, StoredPlan plan, String title, InstantSource clock) {
    this.id = id;
    this.plan = plan;
    this.clock = clock;
    members.addProperty("id", id);
    members.addProperty("planId", plan.id());
    members.addProperty("title", title);
    members.add("bucketId", JsonNull.INSTANCE);
    members.addProperty("orderHint", "8586");
    members.addProperty("percentComplete", 0);
    members.addProperty("priority", 5);
    members.add("startDateTime", JsonNull.INSTANCE);
    members.add("dueDateTime", JsonNull.INSTANCE);
    members.add("completedDateTime", JsonNull.INSTANCE);
    members.addProperty("hasDescription", false);
    members.addProperty("createdDateTime", JsonMembers.time(clock.instant()));
    members.add("appliedCategories", new JsonObject());
    members.add("assignments", new JsonObject());
  }

  /** {@return its id} */
  public String id() {
    return id;
  }

  StoredPlan plan() {
    return plan;
  }

  /** {@return its title} */
  public synchronized String title() {
    return members.get("title").getAsString();
  }

  /** {@return how much of it is done, from 0 to 100} */
  public synchronized int percentComplete() {
    return members.get("percentComplete").getAsInt();
  }

  /** {@return 1 plus the number of changes} */
  public synchronized int version() {
    return version;
  }

  synchronized boolean isAssignedTo(GraphUser person) {
    return members.getAsJsonObject("assignments").has(person.id());
  }

  synchronized void assign(GraphUser person) {
    JsonObject assignment = new JsonObject();
    assignment.addProperty("@odata.type", "#microsoft.graph.plannerAssignment");
    assignment.addProperty("orderHint", " !");
    members.getAsJsonObject("assignments").add(person.id(), assignment);
  }

  /** Changes only the ETag, as if somebody else had changed the task. */
  public synchronized void touch() {
    version++;
  }

  synchronized String eTag() {
    String plain = "'1-Task @@@@@@@@@@@@@@@%04d'".formatted(version);
    return "W/\"" + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)) + "\"";
  }

  synchronized void update(JsonObject changes) {
    for (String member : changes.keySet()) {
      if (!WRITABLE.contains(member)) {
        throw PlannerHandler.failure(400, "The property '" + member + "' cannot be set.");
      }
    }
    check(changes);
    for (Map.Entry<String, JsonElement> change : changes.entrySet()) {
      if (change.getKey().equals("assignments")) {
        assign(change.getValue().getAsJsonObject());
      } else {
        members.add(change.getKey(), change.getValue());
      }
    }
    boolean complete = percentComplete() == 100;
    Instant now = clock.instant();
    members.add("completedDateTime", JsonNull.INSTANCE);
    if (complete) {
      members.addProperty("completedDateTime", JsonMembers.time(now));
    }
    version++;
  }

  private static void check(JsonObject changes) {
    JsonElement assignments = changes.get("assignments");
    if (JsonMembers.number(changes, "percentComplete", 0) > 100
        || (changes.has("title") && JsonMembers.string(changes, "title") == null)
        || (assignments != null && !assignments.isJsonObject())) {
      throw PlannerHandler.failure(400, "One or more values cannot be set.");
    }
  }

  /** A patch of an open type: null removes an assignee. */
  private void assign(JsonObject changes) {
    JsonObject assignments = members.getAsJsonObject("assignments");
    changes
        .entrySet()
        .forEach(
            each -> {
              if (each.getValue().isJsonNull()) {
                assignments.remove(each.getKey());
              } else {
                assignments.add(each.getKey(), each.getValue());
              }
            });
  }

  synchronized JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("@odata.etag", eTag());
    members.deepCopy().entrySet().forEach(each -> json.add(each.getKey(), each.getValue()));
    return json;
  }
}
