package dev.latchkey.examples.sync;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder that the mirror has put on the disk or is about to. It is recorded before it is
 * moved into its place, so that it can be distinguished from what a person put there.
 *
 * @param id the id of the item in the drive
 * @param path the path below the mirror, with slashes
 * @param version the version of the content; null for a folder
 * @param size the size in bytes; if it and {@code modified} are unchanged, so is the file
 * @param modified the time of the last modification, in milliseconds
 * @param from the path to move it from; null once it is in its place
 * @param replaces the stamp of the file that it may replace; null if there is none
 */
record MirrorFile(
    String id,
    String path,
    @Nullable String version,
    long size,
    long modified,
    @Nullable String from,
    @Nullable Stamp replaces) {

  /** Size and modification time: what shows whether a file has changed. */
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

  /** This file, about to move from its path to another. */
  MirrorFile movingTo(String target) {
    return new MirrorFile(id, target, version, size, modified, path, replaces);
  }

  /** This file, where it is, since it cannot move. It may still replace the same file later. */
  MirrorFile staying() {
    return new MirrorFile(id, String.valueOf(from), version, size, modified, null, replaces);
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
