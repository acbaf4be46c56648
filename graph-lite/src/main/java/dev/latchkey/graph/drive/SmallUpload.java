package dev.latchkey.graph.drive;

import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.Patience;
import java.io.IOException;
import java.net.URI;

/** A file that goes in one request. Used once. */
final class SmallUpload {

  /** The largest file that does: below it, an upload session costs more than it saves. */
  static final long LARGEST = 4 << 20;

  private final Destination destination;
  private final SourceFile source;

  SmallUpload(Destination destination, SourceFile source) {
    this.destination = destination;
    this.source = source;
  }

  DriveItem run() throws IOException {
    UploadOptions options = destination.options;
    // Done twice, it would replace a file by the same bytes: harmless. Under a condition, or where
    // the name must be free, the second would be refused because of the first.
    boolean harmless = options.conflict == ConflictBehavior.REPLACE && options.ifMatch == null;
    String before = harmless ? null : destination.look();
    Patience patience = new Patience(destination.http);
    options.progress.at(0, source.size());
    OutcomeUnknown lost = null;
    while (true) {
      source.check();
      boolean last = patience.isAtItsEnd();
      if (harmless && last) {
        // After this one, only a look shows whether it arrived.
        before = destination.look();
      }
      try {
        DriveItem item = DriveItem.of(destination.http.sendOnce(put()));
        options.progress.at(source.size(), source.size());
        return item;
      } catch (GraphUnavailable | GraphThrottled e) {
        source.check();
        patience.afterFailure(e);
        continue;
      } catch (Conflict | PreconditionFailed e) {
        // It may have been refused because of an earlier one, which was carried out after the look.
        return destination.orArrived(e, lost == null ? null : before, source);
      } catch (OutcomeUnknown e) {
        lost = e;
      }
      source.check();
      if (last && before != null) {
        DriveItem item = destination.arrivedAfterAll(before, source, lost);
        if (item != null) {
          return item;
        }
      }
      patience.afterFailure(destination.unanswered(lost));
      DriveItem item = before == null ? null : destination.arrived(before, source, lost);
      if (item != null) {
        return item;
      }
    }
  }

  private Call put() {
    URI uri =
        destination.http.uri(
            destination
                .route
                .then("content")
                .query(ConflictBehavior.MEMBER, destination.options.conflict.wire()));
    // Not repeated by itself: first it is to be seen whether the file is still the same.
    Call call = destination.writing(Call.put(destination.action(), uri));
    return source.region(call, 0, source.size());
  }
}
