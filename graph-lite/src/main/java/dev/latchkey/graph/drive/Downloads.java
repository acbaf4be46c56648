package dev.latchkey.graph.drive;

import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Downloads a file of a drive, and checks what came. */
final class Downloads {

  private final GraphHttp http;
  private final Access access;
  private final Route route;
  private final DriveItem item;
  private final String action;
  private final Progress progress;

  /**
   * Creates one.
   *
   * @param route the item, by its id: it may be moved meanwhile
   */
  Downloads(
      GraphHttp http, Access access, Route route, DriveItem item, String name, Progress progress) {
    this.http = http;
    this.access = access;
    this.route = route;
    this.item = item;
    this.action = "download " + name;
    this.progress = progress;
  }

  DriveItem toFile(Path target) throws IOException {
    try (PartFile part = PartFile.open(target)) {
      // What an earlier process left may have been damaged since: worth a second try.
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

  DriveItem toStream(OutputStream target) throws IOException {
    StreamSink sink = new StreamSink(target);
    boolean sized = fetch(sink);
    target.flush();
    DriveItem fetched = checked(sink.fingerprint(), sized);
    if (fetched == null) {
      throw corrupt();
    }
    return fetched;
  }

  /** Fetches it; whether the storage host said how long it is. */
  private boolean fetch(Sink sink) throws IOException {
    Call content = access.toRead(Call.get(action, http.uri(route.then("content"))));
    long size = item.size() == null ? -1 : item.size();
    return new Download(http, content, size, sink, progress).run();
  }

  /**
   * The item whose bytes these are, which may have changed just before; null if they are not.
   *
   * @param sized whether the storage host said how many there are. If not, the end of the answer
   *     tells nothing, and only Graph's size shows that they are all
   */
  private @Nullable DriveItem checked(Fingerprint fingerprint, boolean sized) {
    if (fingerprint.fits(item)) {
      return item;
    }
    Call call = access.toRead(Call.get(action, http.uri(route)));
    DriveItem now = DriveItem.of(http.send(call));
    boolean good = sized ? !fingerprint.contradicts(now) : fingerprint.fits(now);
    return good ? now : null;
  }

  private MalformedAnswer corrupt() {
    return new MalformedAnswer(
        Call.failed(
            action, "the bytes that came do not have the size or the hash that Graph gives"),
        GraphError.noAnswer(null),
        null);
  }
}
