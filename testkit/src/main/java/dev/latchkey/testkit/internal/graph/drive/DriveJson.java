package dev.latchkey.testkit.internal.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import java.util.Map;

/** Writes drives and their items as JSON. */
public final class DriveJson {

  static final String DOWNLOAD_URL = "@microsoft.graph.downloadUrl";

  private static final Map<String, String> TYPES =
      Map.of(
          "txt", "text/plain",
          "html", "text/html",
          "json", "application/json",
          "pdf", "application/pdf",
          "png", "image/png",
          "jpg", "image/jpeg",
          "zip", "application/zip");

  private DriveJson() {}

  static JsonObject drive(StoredDrive drive) {
    JsonObject json = new JsonObject();
    json.addProperty("id", drive.id);
    json.addProperty("driveType", drive.kind.wire);
    json.addProperty("name", drive.kind == StoredDrive.Kind.LIBRARY ? "Documents" : "OneDrive");
    json.addProperty("webUrl", "https://fake.sharepoint.example/" + drive.id);
    JsonObject quota = new JsonObject();
    quota.addProperty("total", drive.quota());
    quota.addProperty("used", drive.used());
    quota.addProperty("remaining", Math.max(0, drive.quota() - drive.used()));
    json.add("quota", quota);
    return json;
  }

  public static JsonObject item(StoredDrive drive, StoredItem item) {
    JsonObject json = new JsonObject();
    json.addProperty("id", item.id);
    json.addProperty("name", item.name);
    if (item.deleted) {
      json.add("deleted", JsonMembers.of("state", "deleted"));
      json.add("parentReference", parent(drive, item));
      json.add(item.isFolder() ? "folder" : "file", new JsonObject());
      return json;
    }
    json.addProperty("size", item.size());
    json.addProperty("createdDateTime", JsonMembers.time(item.created));
    json.addProperty("lastModifiedDateTime", JsonMembers.time(item.modified));
    json.addProperty("eTag", item.eTag());
    json.addProperty("cTag", item.cTag());
    json.addProperty("webUrl", "https://fake.sharepoint.example/" + drive.id + "/" + item.id);
    json.add("parentReference", parent(drive, item));
    if (item.isFolder()) {
      JsonObject folder = new JsonObject();
      folder.addProperty("childCount", item.childCount());
      json.add("folder", folder);
    } else {
      String extension = item.name.substring(item.name.lastIndexOf('.') + 1);
      String type = TYPES.getOrDefault(extension, "application/octet-stream");
      json.add("file", JsonMembers.of("mimeType", type));
    }
    if (item.parent == null) {
      json.add("root", new JsonObject());
    }
    return json;
  }

  private static JsonObject parent(StoredDrive drive, StoredItem item) {
    JsonObject reference = new JsonObject();
    reference.addProperty("driveId", drive.id);
    reference.addProperty("driveType", drive.kind.wire);
    StoredItem parent = item.parent;
    if (parent != null) {
      reference.addProperty("id", parent.id);
      if (!item.deleted) {
        reference.addProperty("path", "/drives/" + drive.id + "/root:" + parent.path());
      }
    }
    return reference;
  }
}
