package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** What is in the files: downloads, small uploads, and the begin of big ones. */
final class FileHandler {

  private final Drives drives;
  private final Links links;
  private final Uploads uploads;
  private final Supplier<String> storageOrigin;

  FileHandler(Drives drives, Links links, Uploads uploads, Supplier<String> storageOrigin) {
    this.drives = drives;
    this.links = links;
    this.uploads = uploads;
    this.storageOrigin = storageOrigin;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", Drives.ITEM + "/content", this::download),
        Route.of("PUT", Drives.ITEM + "/content", this::upload),
        Route.of(
            "POST", Drives.ITEM + "/(?:microsoft\\.graph\\.)?createUploadSession", this::begin));
  }

  private GraphAnswer download(Call call) {
    Drive drive = drives.toRead(call);
    synchronized (drive) {
      Item item = Drives.item(call, drive);
      if (item.isFolder()) {
        throw GraphFailure.invalidRequest("You cannot get content for a folder.");
      }
      return GraphAnswer.empty(302)
          .with("Location", links.download(drive, item, call.settings().relativeLocations));
    }
  }

  private GraphAnswer upload(Call call) {
    Drive drive = drives.toWrite(call);
    Content content = call.request().body();
    Conflict conflict = Conflict.of(call, new JsonObject(), Conflict.REPLACE);
    synchronized (drive) {
      drive.requireRoom(content.size());
      Target target = Drives.target(call, drive);
      Drives.checkMatch(call, target.present());
      boolean created = target.present() == null || conflict == Conflict.RENAME;
      Item item = target.put(drive, content, conflict);
      return GraphAnswer.json(created ? 201 : 200, ItemJson.item(drive, item));
    }
  }

  private GraphAnswer begin(Call call) {
    Drive drive = drives.toWrite(call);
    JsonObject body = call.jsonOrEmpty();
    JsonObject itemOrNull = Json.object(body, "item");
    JsonObject properties = itemOrNull == null ? new JsonObject() : itemOrNull;
    Conflict conflict = Conflict.of(call, properties, Conflict.REPLACE);
    synchronized (drive) {
      Target target = Drives.target(call, drive);
      Drives.checkMatch(call, target.present());
      target.check(conflict);
      drive.requireRoom(Json.number(properties, "fileSize", 0));
      UploadSession session = uploads.begin(drive, target, conflict);
      JsonObject json = session.json();
      json.addProperty("@odata.context", call.url("/$metadata#microsoft.graph.uploadSession"));
      json.addProperty(
          "uploadUrl",
          storageOrigin.get() + Uploads.PATH + session.id + "?tempauth=" + session.secret);
      return GraphAnswer.json(200, json);
    }
  }
}
