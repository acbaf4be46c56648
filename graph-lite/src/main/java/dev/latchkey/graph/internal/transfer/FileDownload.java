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
import org.jspecify.annotations.Nullable;

/** Downloads a file and verifies its bytes. */
public final class FileDownload {

  private final GraphHttp http;
  private final DriveScopes scopes;
  private final GraphPath path;
  private final DriveItem item;
  private final String action;
  private final Progress progress;

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
    try (PartFile part = PartFile.open(target)) {
      // A part from an earlier process may have been damaged since: try once more.
      boolean resumed = part.have() > 0;
      boolean sized = fetch(part);
      DriveItem fetched = checked(part.fingerprint(), sized);
      if (fetched == null && resumed) {
        part.discard();
        sized = fetch(part);
        fetched = checked(part.fingerprint(), sized);
      }
      if (fetched == null) {
        part.discard();
        throw corrupt();
      }
      part.complete();
      return fetched;
    }
  }

  public DriveItem toStream(OutputStream target) throws IOException {
    StreamSink sink = new StreamSink(target);
    boolean sized = fetch(sink);
    target.flush();
    DriveItem fetched = checked(sink.fingerprint(), sized);
    if (fetched == null) {
      throw corrupt();
    }
    return fetched;
  }

  /** Fetches the bytes. Returns whether the storage host said how many there are. */
  private boolean fetch(DownloadSink sink) throws IOException {
    GraphCall content = scopes.toRead(GraphCall.get(action, http.uri(path.then("content"))));
    long size = item.size() == null ? -1 : item.size();
    return new ContentDownload(http, content, size, sink, progress).run();
  }

  /**
   * The item to which the bytes belong, which may have changed just before; null if there is none.
   *
   * @param sized whether the storage host said how many bytes there are. If not, the end of the
   *     response proves nothing, and only Graph's size shows that they are complete
   */
  private @Nullable DriveItem checked(ContentFingerprint fingerprint, boolean sized) {
    if (fingerprint.matches(item)) {
      return item;
    }
    GraphCall call = scopes.toRead(GraphCall.get(action, http.uri(path)));
    DriveItem now = http.send(call).read(DriveItem::fromJson);
    boolean good = sized ? !fingerprint.contradicts(now) : fingerprint.matches(now);
    return good ? now : null;
  }

  private MalformedAnswer corrupt() {
    return new MalformedAnswer(
        GraphCall.failed(
            action, "the bytes that came do not have the size or the hash that Graph gives"),
        GraphError.noAnswer(null),
        null);
  }
}
