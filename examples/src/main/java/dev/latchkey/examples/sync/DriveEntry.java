package dev.latchkey.examples.sync;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.DriveItem;
import org.jspecify.annotations.Nullable;

/**
 * What the mirror needs to know about an item in the drive.
 *
 * @param parentId the id of the parent folder; null for the root
 * @param version a tag that changes with the content; null for folders
 */
record DriveEntry(
    String id, @Nullable String parentId, String name, boolean folder, @Nullable String version) {

  /** The entry of an item; null for an item that no disk can hold, such as a notebook. */
  static @Nullable DriveEntry of(DriveItem item) {
    String name = item.name();
    if (name == null || !(item.isFolder() || item.isFile())) {
      return null;
    }
    String parent = item.parent() == null ? null : item.parent().id();
    String version = item.cTag() == null ? item.eTag() : item.cTag();
    return new DriveEntry(
        item.id(), parent, name, item.isFolder(), item.isFolder() ? null : String.valueOf(version));
  }

  static DriveEntry read(JsonObject json) {
    return new DriveEntry(
        json.get("id").getAsString(),
        json.has("parent") ? json.get("parent").getAsString() : null,
        json.get("name").getAsString(),
        json.get("folder").getAsBoolean(),
        json.has("version") ? json.get("version").getAsString() : null);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    if (parentId != null) {
      json.addProperty("parent", parentId);
    }
    json.addProperty("name", name);
    json.addProperty("folder", folder);
    if (version != null) {
      json.addProperty("version", version);
    }
    return json;
  }
}
