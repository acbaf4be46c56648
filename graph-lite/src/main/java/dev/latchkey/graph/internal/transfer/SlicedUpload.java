package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.SourceChanged;
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
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.Retries;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Uploads a file in slices, by an upload session. Used once. */
final class SlicedUpload {

  private static final int MAX_SESSIONS = 4;

  private final UploadTarget target;
  private final SourceFile source;
  private final UploadSessionCalls calls;
  private final UploadCheckpoint checkpoint;
  private final Retries retries;

  /** What was there before a last slice whose response was lost. */
  private @Nullable String lost;

  /** The first byte that the session lacks. */
  private long at;

  SlicedUpload(UploadTarget target, SourceFile source) {
    this.target = target;
    this.source = source;
    this.calls = new UploadSessionCalls(target, source.size());
    this.checkpoint = UploadCheckpoint.of(target, source);
    this.retries = Retries.forTransfer(target.http.config());
  }

  DriveItem run() throws IOException {
    try {
      return upload();
    } catch (Conflict | PreconditionFailed e) {
      return done(target.orArrived(e, lost, source));
    }
  }

  private DriveItem upload() throws IOException {
    UploadSession kept = checkpoint.read();
    lost = kept != null && kept.mayBeComplete() ? kept.before() : null;
    UploadSession session = kept == null ? begin() : kept;
    boolean fresh = kept == null;
    for (int sessions = 1; ; sessions++) {
      try {
        DriveItem item = send(session, fresh);
        if (fresh || !isMixture(item)) {
          return done(item);
        }
        checkpoint.delete();
        if (target.options.conflict() != ConflictBehavior.REPLACE
            || target.options.ifMatch() != null) {
          throw new SourceChanged(
              source.path()
                  + " changed since its upload began; a mixture of both states was stored");
        }
      } catch (NotFound | TokenRejected | ResyncRequired gone) {
        // The server does not know the session, or no longer.
        DriveItem item =
            session.mayBeComplete() ? target.arrived(session.before(), source, gone) : null;
        if (item != null) {
          return done(item);
        }
        if (sessions == MAX_SESSIONS) {
          checkpoint.delete();
          throw gone;
        }
      }
      session = begin();
      fresh = true;
    }
  }

  /** Whether slices from another process belong to a different file of the same size and time. */
  private boolean isMixture(DriveItem item) throws IOException {
    boolean hashed = item.file() != null && item.file().quickXorHash() != null;
    return hashed && source.fingerprint().contradicts(item);
  }

  private UploadSession begin() throws IOException {
    UploadSession session = calls.begin(target.look());
    checkpoint.write(session);
    return session;
  }

  private DriveItem done(DriveItem item) throws IOException {
    checkpoint.delete();
    target.options.progress().at(source.size(), source.size());
    return item;
  }

  private DriveItem send(UploadSession session, boolean fresh) throws IOException {
    try {
      at = fresh ? 0 : calls.next(session);
      long best = at;
      while (true) {
        target.options.progress().at(at, source.size());
        source.check();
        long length = Math.min(target.options.sliceSize(), source.size() - at);
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
          retries.reset();
        }
      }
    } catch (GraphException | SourceChanged e) {
      giveUp(session, e);
      throw e;
    }
  }

  /** Sends a slice. Returns the item if it was the last slice. */
  private @Nullable DriveItem slice(UploadSession session, long length) throws IOException {
    try {
      GraphResponse response = calls.put(session, source, at, length);
      if (response.status() != 202) {
        return response.read(DriveItem::fromJson);
      }
      long next = calls.next(response);
      if (next <= at) {
        throw response.malformed("no more bytes than before");
      }
      at = next;
      return null;
    } catch (OutcomeUnknown e) {
      // Or a response that cannot be used.
      source.check();
      if (at + length == source.size()) {
        lost = session.before();
        DriveItem item = retries.isLastAttempt() ? target.arrivedAfterAll(lost, source, e) : null;
        if (item != null) {
          return item;
        }
      }
      retries.afterFailure(target.unanswered(e));
    } catch (GraphUnavailable | GraphThrottled e) {
      source.check();
      retries.afterFailure(e);
    } catch (RequestRefused e) {
      if (e.status() != 416) {
        throw e;
      }
      // The server has the range already, or there is a gap before it.
      retries.afterRefusal(e);
    }
    at = calls.next(session);
    return null;
  }

  /** All bytes have arrived, but no response has shown the item. Returns the item if it exists. */
  private @Nullable DriveItem completed(UploadSession session) throws IOException {
    DriveItem item = target.arrived(session.before(), source, null);
    if (item == null) {
      retries.afterFailure(target.unfinished());
      at = calls.next(session);
    }
    return item;
  }

  /** Deletes the session, unless a later call may resume it from the checkpoint. */
  private void giveUp(UploadSession session, RuntimeException failure) throws IOException {
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
