package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.Progress;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Downloads a file and verifies its bytes. */
public final class FileDownload {

  private final GraphHttp http;
  private final DriveScopes scopes;
  private final GraphPath path;
  private final String action;
  private final Progress progress;
  private DriveItem item;

  /**
   * Creates one.
   *
   * @param path the item by its id: it may be moved during the download
   */
  public FileDownload(
      GraphHttp http,
      DriveScopes scopes,
      GraphPath path,
      DriveItem item,
      String name,
      Progress progress) {
    this.http = http;
    this.scopes = scopes;
    this.path = path;
    this.item = item;
    this.action = "download " + name;
    this.progress = progress;
  }

  public DriveItem toFile(Path target) throws IOException {
    try (PartFile part = PartFile.open(target, item)) {
      // A part from an earlier process may have been damaged since, and storage hosts have sent
      // something else once: try once more.
      for (int tries = 0; tries < 2; tries++) {
        boolean sized = fetch(part);
        if (isRight(part.fingerprint(item), sized)) {
          part.complete();
          return item;
        }
        part.discard();
      }
      throw corrupt();
    }
  }

  public DriveItem toStream(OutputStream target) throws IOException {
    ContentFingerprint fingerprint = ContentFingerprint.comparedWith(item);
    boolean sized = fetch(new StreamSink(target, fingerprint));
    target.flush();
    if (!isRight(fingerprint, sized)) {
      throw corrupt();
    }
    return item;
  }

  /** Fetches the bytes. Returns whether the storage host said how many there are. */
  private boolean fetch(DownloadSink sink) throws IOException {
    GraphCall content = scopes.toRead(GraphCall.get(action, http.uri(path.then("content"))));
    return new ContentDownload(http, content, item, this::look, sink, progress).run();
  }

  /** Reads the item again: it may have changed since. */
  private DriveItem look() {
    GraphCall call = scopes.toRead(GraphCall.get(action, http.uri(path)));
    item = http.send(call).read(DriveItem::fromJson);
    return item;
  }

  /**
   * Whether the bytes belong to the item, which may have changed just before.
   *
   * @param sized whether the storage host said how many bytes there are. If not, the end of the
   *     response proves nothing, and only Graph's size shows that they are complete
   */
  private boolean isRight(ContentFingerprint fingerprint, boolean sized) {
    return fingerprint.matches(item)
        || fingerprint.matches(look())
        || (sized && fingerprint.mayBeRewritten(item));
  }

  private MalformedAnswer corrupt() {
    return new MalformedAnswer(
        GraphCall.failed(
            action, "the bytes that came do not have the size or the hash that Graph gives"),
        GraphError.noAnswer(null),
        null);
  }
}
