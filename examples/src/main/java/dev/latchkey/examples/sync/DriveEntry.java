package dev.latchkey.examples.sync;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.DriveItem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of an item in the drive.
 *
 * @param parentId the folder around it; null for the root
 * @param version changes with the content; null for folders
 */
record DriveEntry(
    String id, @Nullable String parentId, String name, boolean folder, @Nullable String version) {

  /** Null if it is nothing that a disk could hold, such as a notebook. */
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

  /** Whether the name is one that leads out of the directory, or nowhere. */
  boolean isDangerous() {
    return isUnwritable(name)
        || name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ');
  }

  /**
   * Whether no path here can have the name: the locale's character set lacks a letter of it, say.
   */
  static boolean isUnwritable(String name) {
    try {
      Path unused = Path.of(name);
      return false;
    } catch (InvalidPathException e) {
      return true;
    }
  }
}
