package dev.latchkey.testkit.internal.graph.file;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.drive.DownloadLinks;
import dev.latchkey.testkit.internal.graph.drive.DriveAccess;
import dev.latchkey.testkit.internal.graph.drive.DriveJson;
import dev.latchkey.testkit.internal.graph.drive.NameConflict;
import dev.latchkey.testkit.internal.graph.drive.StoredDrive;
import dev.latchkey.testkit.internal.graph.drive.StoredItem;
import dev.latchkey.testkit.internal.graph.drive.Target;
import dev.latchkey.testkit.internal.http.Bytes;
import dev.latchkey.testkit.internal.http.BytesInMemory;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.List;
import java.util.function.Supplier;

/** The content of files: downloads, small uploads, and the start of upload sessions. */
public final class FileHandler {

  private final DriveAccess drives;
  private final DownloadLinks links;
  private final Uploads uploads;
  private final Supplier<String> storageOrigin;

  public FileHandler(
      DriveAccess drives, DownloadLinks links, Uploads uploads, Supplier<String> storageOrigin) {
    this.drives = drives;
    this.links = links;
    this.uploads = uploads;
    this.storageOrigin = storageOrigin;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of("GET", DriveAccess.ITEM + "/content", this::download),
        GraphRoute.of("PUT", DriveAccess.ITEM + "/content", this::upload),
        GraphRoute.of(
            "POST",
            DriveAccess.ITEM + "/(?:microsoft\\.graph\\.)?createUploadSession",
            this::begin));
  }

  private HttpAnswer download(RoutedCall call) {
    StoredDrive drive = drives.toRead(call);
    synchronized (drive) {
      StoredItem item = DriveAccess.item(call, drive);
      if (item.isFolder()) {
        throw GraphFailure.invalidRequest("You cannot get content for a folder.");
      }
      return HttpAnswer.empty(302)
          .with("Location", links.download(drive, item, call.settings().relativeLocations));
    }
  }

  private HttpAnswer upload(RoutedCall call) {
    StoredDrive drive = drives.toWrite(call);
    Bytes content = new BytesInMemory(call.request().body());
    NameConflict conflict = NameConflict.of(call, new JsonObject(), NameConflict.REPLACE);
    synchronized (drive) {
      drive.requireRoom(content.size());
      Target target = DriveAccess.target(call, drive);
      DriveAccess.checkMatch(call, target.present());
      boolean created = target.present() == null || conflict == NameConflict.RENAME;
      StoredItem item = target.put(drive, content, conflict);
      return HttpAnswer.json(created ? 201 : 200, DriveJson.item(drive, item));
    }
  }

  private HttpAnswer begin(RoutedCall call) {
    StoredDrive drive = drives.toWrite(call);
    JsonObject body = call.jsonOrEmpty();
    JsonObject itemOrNull = JsonMembers.object(body, "item");
    JsonObject properties = itemOrNull == null ? new JsonObject() : itemOrNull;
    NameConflict conflict = NameConflict.of(call, properties, NameConflict.REPLACE);
    synchronized (drive) {
      Target target = DriveAccess.target(call, drive);
      DriveAccess.checkMatch(call, target.present());
      target.check(conflict);
      drive.requireRoom(JsonMembers.number(properties, "fileSize", 0));
      StoredUpload session = uploads.begin(drive, target, conflict);
      JsonObject json = session.json();
      json.addProperty("@odata.context", call.url("/$metadata#microsoft.graph.uploadSession"));
      json.addProperty(
          "uploadUrl",
          storageOrigin.get() + Uploads.PATH + session.id + "?tempauth=" + session.secret);
      return HttpAnswer.json(200, json);
    }
  }
}
