package dev.latchkey.testkit.internal.graph.planner;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.team.StoredTeam;

/** A plan, which belongs to a team. */
public record StoredPlan(String id, String title, StoredTeam team) {

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("@odata.etag", "W/\"JzEtUGxhbiAgQEBAQEBAQEBAQEBAQEBAVCc=\"");
    json.addProperty("id", id);
    json.addProperty("title", title);
    json.addProperty("owner", team.id());
    return json;
  }
}
