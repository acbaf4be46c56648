package dev.latchkey.examples.sync;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder that the mirror has put on the disk, or is about to. Noted before it is moved
 * into its place, so that it can be told afterwards from what a person put there.
 *
 * @param id of the item in the drive
 * @param path beneath the mirror, with slashes
 * @param version of the content; null for a folder
 * @param size in bytes, and {@code modified} in milliseconds: if both are still so, nobody has
 *     changed the file
 * @param from where it is moved from; null once that is done
 * @param replaces the stamp of what was in its place before and may be replaced
 */
record MirrorFile(
    String id,
    String path,
    @Nullable String version,
    long size,
    long modified,
    @Nullable String from,
    @Nullable Stamp replaces) {

  /** By which a file is known again. */
  record Stamp(long size, long modified) {}

  static MirrorFile folder(String id, String path) {
    return new MirrorFile(id, path, null, 0, 0, null, null);
  }

  boolean isFolder() {
    return version == null;
  }

  Stamp stamp() {
    return new Stamp(size, modified);
  }

  MirrorFile inPlace() {
    return new MirrorFile(id, path, version, size, modified, null, null);
  }

  static MirrorFile read(JsonObject json) {
    return new MirrorFile(
        json.get("id").getAsString(),
        json.get("path").getAsString(),
        json.has("version") ? json.get("version").getAsString() : null,
        json.get("size").getAsLong(),
        json.get("modified").getAsLong(),
        json.has("from") ? json.get("from").getAsString() : null,
        json.has("replacesSize")
            ? new Stamp(
                json.get("replacesSize").getAsLong(), json.get("replacesModified").getAsLong())
            : null);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("path", path);
    if (version != null) {
      json.addProperty("version", version);
    }
    json.addProperty("size", size);
    json.addProperty("modified", modified);
    if (from != null) {
      json.addProperty("from", from);
    }
    if (replaces != null) {
      json.addProperty("replacesSize", replaces.size());
      json.addProperty("replacesModified", replaces.modified());
    }
    return json;
  }
}
