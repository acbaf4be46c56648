package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;

/** A plan, which belongs to a team. */
public record Plan(String id, String title, Team team) {

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("@odata.etag", "W/\"JzEtUGxhbiAgQEBAQEBAQEBAQEBAQEBAVCc=\"");
    json.addProperty("id", id);
    json.addProperty("title", title);
    json.addProperty("owner", team.id());
    return json;
  }
}
