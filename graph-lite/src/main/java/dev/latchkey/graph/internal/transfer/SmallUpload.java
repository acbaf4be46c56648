package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.Retries;
import java.io.IOException;
import java.net.URI;

/** Uploads a file in one request. Used once. */
public final class SmallUpload {

  /** The largest file for one request: below it, an upload session costs more than it saves. */
  private static final long MAX_SIZE = 4 << 20;

  private final UploadTarget target;
  private final SourceFile source;

  public SmallUpload(UploadTarget target, SourceFile source) {
    this.target = target;
    this.source = source;
  }

  /** Whether a file is to be sent in one request. */
  public static boolean fits(SourceFile source) {
    return source.size() <= MAX_SIZE;
  }

  /**
   * Sends the file. Blocks.
   *
   * @throws IOException if the file cannot be read
   */
  public DriveItem run() throws IOException {
    UploadOptions options = target.options;
    // Repeated, it replaces the file with the same bytes, which is harmless. Under a condition, or
    // where the name must be free, the first request makes Graph refuse the second.
    boolean harmless = target.isRepeatable();
    String before = harmless ? null : target.look();
    Retries retries = Retries.forTransfer(target.http.config());
    options.progress().at(0, source.size());
    boolean mayBeThere = false;
    while (true) {
      source.check();
      boolean last = retries.isLastAttempt();
      if (harmless && last) {
        // After the last attempt, only a look shows whether it arrived.
        before = target.look();
      }
      GraphException failure;
      try {
        GraphResponse response = target.http.sendOnce(put());
        mayBeThere = true;
        DriveItem item = target.stored(response, source);
        if (target.holds(item, source)) {
          options.progress().at(source.size(), source.size());
          return item;
        }
        if (!harmless) {
          throw target.wrong(item, source);
        }
        failure = target.wrong(item, source);
      } catch (GraphUnavailable | GraphThrottled e) {
        // Of the upload, or of the look after it.
        failure = e;
      } catch (Conflict | PreconditionFailed e) {
        // The cause may be an earlier request that was carried out after the look.
        return target.orArrived(e, mayBeThere ? before : null, source);
      } catch (OutcomeUnknown e) {
        mayBeThere = true;
        source.check();
        DriveItem item = last && before != null ? target.arrivedAfterAll(before, source, e) : null;
        if (item != null) {
          return item;
        }
        failure = target.unanswered(e);
      }
      source.check();
      retries.afterFailure(failure);
      DriveItem item =
          mayBeThere && before != null ? target.arrived(before, source, failure) : null;
      if (item != null) {
        return item;
      }
    }
  }

  private GraphCall put() {
    URI uri =
        target.http.uri(
            target
                .path
                .then("content")
                .query(UploadTarget.CONFLICT, UploadTarget.conflict(target.options.conflict())));
    // Not repeated automatically: first the file must prove unchanged.
    GraphCall call = target.writing(GraphCall.put(target.action(), uri));
    return call.content(source.region(0, source.size()));
  }
}
