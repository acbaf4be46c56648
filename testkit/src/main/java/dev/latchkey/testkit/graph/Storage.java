package dev.latchkey.testkit.graph;

/**
 * The host of the pre-authenticated URLs. It wants no token: a request that carries one is refused,
 * since the real one is another company's in all but name, and the token is not for it.
 */
public final class Storage {

  private final World world;
  private final Uploads uploads;
  private final Links links;
  private final GraphSettings settings;

  Storage(World world, Uploads uploads, Links links, GraphSettings settings) {
    this.world = world;
    this.uploads = uploads;
    this.links = links;
    this.settings = settings;
  }

  /** Answers a request, errors included. */
  public GraphAnswer answer(StorageRequest request) {
    try {
      if (request.header("Authorization") != null && !request.onGraphHost()) {
        throw GraphFailure.of(
            401, "unauthenticated", "This URL is authenticated by itself; send no Authorization.");
      }
      if (request.path().startsWith(Uploads.PATH)) {
        return upload(request);
      }
      if (request.path().equals(Links.PATH) && request.method().equals("GET")) {
        return download(request);
      }
      throw GraphFailure.itemNotFound();
    } catch (GraphFailure failure) {
      return Errors.ofStorage(failure);
    }
  }

  private GraphAnswer upload(StorageRequest request) {
    UploadSession session =
        uploads.get(
            request.path().substring(Uploads.PATH.length()), request.query().get("tempauth"));
    return switch (request.method()) {
      case "GET" -> GraphAnswer.json(200, session.json());
      case "DELETE" -> {
        uploads.forget(session);
        yield GraphAnswer.empty(204);
      }
      case "PUT" -> slice(session, request);
      default -> throw GraphFailure.of(405, "invalidRequest", "Method not allowed.");
    };
  }

  private GraphAnswer slice(UploadSession session, StorageRequest request) {
    ContentRange range =
        ContentRange.of(request.header("Content-Range"), request.header("Content-Length"));
    session.check(range);
    long length = session.write(range, request.body());
    if (length < range.length() && !settings.keepPartialSlices) {
      throw GraphFailure.invalidRequest("The fragment was cut off.");
    }
    if (!session.accept(range, length)) {
      return GraphAnswer.json(202, session.json());
    }
    Drive drive = session.drive;
    synchronized (drive) {
      boolean isNew = drive.child(session.target.folder(), session.target.name()) == null;
      Item item = session.target.put(drive, session.content(), session.conflict);
      uploads.end(session);
      boolean created = isNew || session.conflict == Conflict.RENAME;
      return GraphAnswer.json(created ? 201 : 200, ItemJson.item(drive, item));
    }
  }

  private GraphAnswer download(StorageRequest request) {
    String driveId = request.query("drive");
    String itemId = request.query("UniqueId");
    Drive drive = world.drive(driveId);
    if (drive == null
        || !links.isGood(driveId, itemId, request.query("expires"), request.query("tempauth"))) {
      throw GraphFailure.of(401, "unauthenticated", "The link has expired.");
    }
    Item item = drive.get(itemId);
    Content content = item.content;
    if (content == null) {
      throw GraphFailure.itemNotFound();
    }
    String range = settings.ignoreRanges ? null : request.header("Range");
    return Ranges.answer(content, range).with("ETag", item.eTag()).with("Accept-Ranges", "bytes");
  }
}
