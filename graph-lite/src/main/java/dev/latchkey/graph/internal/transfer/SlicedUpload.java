package dev.latchkey.graph.internal.transfer;

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
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.Retries;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Uploads a file in slices, by an upload session. Used once. */
public final class SlicedUpload {

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

  public SlicedUpload(UploadTarget target, SourceFile source) {
    this.target = target;
    this.source = source;
    this.calls = new UploadSessionCalls(target, source.size());
    this.checkpoint = UploadCheckpoint.of(target, source);
    this.retries = Retries.forTransfer(target.http.config());
  }

  /**
   * Sends the file. Blocks.
   *
   * @throws IOException if the file cannot be read or the checkpoint not written
   */
  public DriveItem run() throws IOException {
    try {
      return upload();
    } catch (Conflict | PreconditionFailed e) {
      return done(target.orArrived(e, lost, source));
    }
  }

  private DriveItem upload() throws IOException {
    UploadSession kept = checkpoint.read(false);
    lost = kept != null && kept.mayBeComplete() ? kept.before() : null;
    UploadSession session = kept == null ? begin(checkpoint.read(true)) : kept;
    boolean fresh = kept == null;
    int begun = fresh ? 1 : 0;
    int forbidden = 0;
    while (true) {
      GraphException failure;
      try {
        DriveItem item = send(session, fresh);
        if (target.holds(item, source)) {
          return done(item);
        }
        checkpoint.delete();
        failure = target.wrong(item, source);
        if (!target.isRepeatable()) {
          throw fresh || !Objects.equals(item.size(), source.size())
              ? failure
              // Slices from another process belong to a different file of the same size and time.
              : new SourceChanged(
                  source.path()
                      + " changed since its upload began; a mixture of both states was stored");
        }
      } catch (NotFound gone) {
        failure = gone.getCause() instanceof GraphException refusal ? refusal : gone;
        DriveItem item =
            session.mayBeComplete() ? target.arrived(session.before(), source, failure) : null;
        if (item != null) {
          return done(item);
        }
        // A session may lose its permission once, in days; a policy refuses every one.
        forbidden += failure instanceof Forbidden && fresh ? 1 : 0;
      }
      if (begun == MAX_SESSIONS || forbidden > 1) {
        checkpoint.delete();
        throw failure;
      }
      if (begun > 0) {
        retries.pause(begun);
      }
      session = begin(session);
      begun++;
      fresh = true;
    }
  }

  /**
   * Begins a session.
   *
   * @param old an earlier one, which this one replaces; null if none is known. SharePoint allows
   *     one for each file at a time
   */
  private UploadSession begin(@Nullable UploadSession old) throws IOException {
    UploadSession session;
    try {
      session = calls.begin(target.look());
    } catch (Conflict e) {
      if (old == null || e.status() != 409) {
        throw e;
      }
      calls.abandon(old);
      session = calls.begin(target.look());
    }
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
        if (at - best >= ContentDownload.MIN_PROGRESS) {
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
        return target.stored(response, source);
      }
      long next = calls.next(response);
      if (next - at < Math.min(length, ContentDownload.MIN_PROGRESS)) {
        throw response.malformed("hardly any more bytes than before");
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
