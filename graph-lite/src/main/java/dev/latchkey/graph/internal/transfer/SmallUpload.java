package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.internal.http.GraphCall;
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
    OutcomeUnknown lost = null;
    while (true) {
      source.check();
      boolean last = retries.isLastAttempt();
      if (harmless && last) {
        // After the last attempt, only a look shows whether it arrived.
        before = target.look();
      }
      try {
        DriveItem item = target.stored(target.http.sendOnce(put()), source);
        if (target.holds(item, source)) {
          options.progress().at(source.size(), source.size());
          return item;
        }
        if (!harmless) {
          throw target.wrong(item, source);
        }
        retries.afterFailure(target.wrong(item, source));
        continue;
      } catch (GraphUnavailable | GraphThrottled e) {
        source.check();
        retries.afterFailure(e);
        continue;
      } catch (Conflict | PreconditionFailed e) {
        // The cause may be an earlier request that was carried out after the look.
        return target.orArrived(e, lost == null ? null : before, source);
      } catch (OutcomeUnknown e) {
        lost = e;
      }
      source.check();
      if (last && before != null) {
        DriveItem item = target.arrivedAfterAll(before, source, lost);
        if (item != null) {
          return item;
        }
      }
      retries.afterFailure(target.unanswered(lost));
      DriveItem item = before == null ? null : target.arrived(before, source, lost);
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
