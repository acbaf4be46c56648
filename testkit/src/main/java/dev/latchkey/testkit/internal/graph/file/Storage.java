package dev.latchkey.testkit.internal.graph.file;

import dev.latchkey.testkit.internal.graph.call.ErrorAnswers;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphSettings;
import dev.latchkey.testkit.internal.graph.drive.DownloadLinks;
import dev.latchkey.testkit.internal.graph.drive.DriveJson;
import dev.latchkey.testkit.internal.graph.drive.NameConflict;
import dev.latchkey.testkit.internal.graph.drive.StoredDrive;
import dev.latchkey.testkit.internal.graph.drive.StoredDrives;
import dev.latchkey.testkit.internal.graph.drive.StoredItem;
import dev.latchkey.testkit.internal.http.Bytes;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;

/**
 * Answers pre-authenticated URLs. It refuses a request with a token: the real storage is a
 * different service, which the token is not for.
 */
public final class Storage {

  private final StoredDrives drives;
  private final Uploads uploads;
  private final DownloadLinks links;
  private final GraphSettings settings;

  public Storage(
      StoredDrives drives, Uploads uploads, DownloadLinks links, GraphSettings settings) {
    this.drives = drives;
    this.uploads = uploads;
    this.links = links;
    this.settings = settings;
  }

  /** Answers a request; errors are answers, too. On Graph's own host, a token does no harm. */
  public HttpAnswer answer(Request request, boolean onGraphHost) {
    try {
      if (request.header("Authorization") != null && !onGraphHost) {
        throw GraphFailure.of(
            401, "unauthenticated", "This URL is pre-authenticated; send no Authorization header.");
      }
      if (request.path().startsWith(Uploads.PATH)) {
        return upload(request);
      }
      if (request.path().equals(DownloadLinks.PATH) && request.method().equals("GET")) {
        return download(request);
      }
      throw GraphFailure.itemNotFound();
    } catch (GraphFailure failure) {
      return ErrorAnswers.ofStorage(failure);
    }
  }

  private HttpAnswer upload(Request request) {
    StoredUpload session =
        uploads.get(request.path().substring(Uploads.PATH.length()), request.query("tempauth"));
    return switch (request.method()) {
      case "GET" -> HttpAnswer.json(200, session.json());
      case "DELETE" -> {
        uploads.forget(session);
        yield HttpAnswer.empty(204);
      }
      case "PUT" -> slice(session, request);
      default -> throw GraphFailure.of(405, "invalidRequest", "Method not allowed.");
    };
  }

  private HttpAnswer slice(StoredUpload session, Request request) {
    ContentRange range =
        ContentRange.of(request.header("Content-Range"), request.header("Content-Length"));
    session.check(range);
    long length = session.write(range, request.stream());
    if (length < range.length() && !settings.keepPartialSlices) {
      throw GraphFailure.invalidRequest("The fragment was cut off.");
    }
    if (!session.accept(range, length)) {
      return HttpAnswer.json(202, session.json());
    }
    StoredDrive drive = session.drive;
    synchronized (drive) {
      boolean isNew = drive.child(session.target.folder(), session.target.name()) == null;
      StoredItem item = session.target.put(drive, session.content(), session.conflict);
      uploads.end(session);
      boolean created = isNew || session.conflict == NameConflict.RENAME;
      return HttpAnswer.json(created ? 201 : 200, DriveJson.item(drive, item));
    }
  }

  private HttpAnswer download(Request request) {
    var query = request.query();
    String driveId = query.getOrDefault("drive", "");
    String itemId = query.getOrDefault("UniqueId", "");
    StoredDrive drive = drives.find(driveId);
    if (drive == null
        || !links.isGood(
            driveId,
            itemId,
            query.getOrDefault("expires", ""),
            query.getOrDefault("tempauth", ""))) {
      throw GraphFailure.of(401, "unauthenticated", "The link has expired.");
    }
    StoredItem item = drive.get(itemId);
    Bytes content = item.content;
    if (content == null) {
      throw GraphFailure.itemNotFound();
    }
    String range = settings.ignoreRanges ? null : request.header("Range");
    return Ranges.answer(content, range).with("ETag", item.eTag()).with("Accept-Ranges", "bytes");
  }
}
