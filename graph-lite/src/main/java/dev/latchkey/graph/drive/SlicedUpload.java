package dev.latchkey.graph.drive;

import dev.latchkey.graph.error.Conflict;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.QuotaExceeded;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Patience;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that goes in slices, by an upload session. Used once. */
final class SlicedUpload {

  private static final int MOST_SESSIONS = 4;

  private final Destination destination;
  private final SourceFile source;
  private final SessionCalls calls;
  private final Checkpoint checkpoint;
  private final Patience patience;

  /** What was there before a last slice whose answer was lost. */
  private @Nullable String lost;

  /** The first byte that the session lacks. */
  private long at;

  SlicedUpload(Destination destination, SourceFile source) {
    this.destination = destination;
    this.source = source;
    this.calls = new SessionCalls(destination, source.size());
    this.checkpoint = Checkpoint.of(destination, source);
    this.patience = new Patience(destination.http);
  }

  DriveItem run() throws IOException {
    try {
      return upload();
    } catch (Conflict | PreconditionFailed e) {
      return done(destination.orArrived(e, lost, source));
    }
  }

  private DriveItem upload() throws IOException {
    Session kept = checkpoint.read();
    lost = kept != null && kept.mayBeComplete() ? kept.before() : null;
    Session session = kept == null ? begin() : kept;
    boolean fresh = kept == null;
    for (int sessions = 1; ; sessions++) {
      try {
        DriveItem item = send(session, fresh);
        if (fresh || !isMixture(item)) {
          return done(item);
        }
        checkpoint.delete();
        if (destination.options.conflict != ConflictBehavior.REPLACE
            || destination.options.ifMatch != null) {
          throw new SourceChanged(
              source.path() + " changed since its upload began; what is there now is neither");
        }
      } catch (NotFound | TokenRejected | ResyncRequired gone) {
        // The server knows nothing of the session, or no more.
        DriveItem item =
            session.mayBeComplete() ? destination.arrived(session.before(), source, gone) : null;
        if (item != null) {
          return done(item);
        }
        if (sessions == MOST_SESSIONS) {
          checkpoint.delete();
          throw gone;
        }
      }
      session = begin();
      fresh = true;
    }
  }

  /** Whether slices that another process sent are of another file, of the same size and time. */
  private boolean isMixture(DriveItem item) throws IOException {
    boolean hashed = item.file() != null && item.file().quickXorHash() != null;
    return hashed && source.fingerprint().contradicts(item);
  }

  private Session begin() throws IOException {
    Session session = calls.begin(destination.look());
    checkpoint.write(session);
    return session;
  }

  private DriveItem done(DriveItem item) throws IOException {
    checkpoint.delete();
    destination.options.progress.at(source.size(), source.size());
    return item;
  }

  private DriveItem send(Session session, boolean fresh) throws IOException {
    try {
      at = fresh ? 0 : calls.next(session);
      long best = at;
      while (true) {
        destination.options.progress.at(at, source.size());
        source.check();
        long length = Math.min(destination.options.sliceSize, source.size() - at);
        if (at + length == source.size() && !session.mayBeComplete()) {
          session.expectCompletion();
          checkpoint.write(session);
        }
        DriveItem item = length == 0 ? completed(session) : slice(session, length);
        if (item != null) {
          return item;
        }
        if (at > best) {
          best = at;
          patience.restore();
        }
      }
    } catch (GraphException | SourceChanged e) {
      giveUp(session, e);
      throw e;
    }
  }

  /** Sends a slice; the item if that was the last one. */
  private @Nullable DriveItem slice(Session session, long length) throws IOException {
    try {
      Answer answer = calls.put(session, source, at, length);
      if (answer.status() != 202) {
        return DriveItem.of(answer);
      }
      long next = calls.next(answer);
      if (next <= at) {
        throw answer.malformed("no more bytes than before");
      }
      at = next;
      return null;
    } catch (OutcomeUnknown e) {
      // Or an answer that is of no use.
      source.check();
      if (at + length == source.size()) {
        lost = session.before();
        DriveItem item =
            patience.isAtItsEnd() ? destination.arrivedAfterAll(lost, source, e) : null;
        if (item != null) {
          return item;
        }
      }
      patience.afterFailure(destination.unanswered(e));
    } catch (GraphUnavailable | GraphThrottled e) {
      source.check();
      patience.afterFailure(e);
    } catch (RequestRefused e) {
      if (e.status() != 416) {
        throw e;
      }
      // The range is there already, or lies behind a gap.
      patience.afterRefusal(e);
    }
    at = calls.next(session);
    return null;
  }

  /** All bytes are there, but nobody has said that they have become an item; if they have, that. */
  private @Nullable DriveItem completed(Session session) throws IOException {
    DriveItem item = destination.arrived(session.before(), source, null);
    if (item == null) {
      patience.afterFailure(destination.unfinished());
      at = calls.next(session);
    }
    return item;
  }

  /** Tidies up, unless a later call, with the checkpoint, may go on. */
  private void giveUp(Session session, RuntimeException failure) throws IOException {
    boolean locked = failure instanceof Conflict conflict && conflict.status() == 423;
    boolean mayPass = locked || failure instanceof QuotaExceeded || failure instanceof Forbidden;
    boolean isFinal =
        failure instanceof Conflict
            || failure instanceof PreconditionFailed
            || failure instanceof RequestRefused
            || failure instanceof SourceChanged;
    if (mayPass ? !checkpoint.isKept() : isFinal) {
      calls.abandon(session);
      checkpoint.delete();
    }
  }
}
