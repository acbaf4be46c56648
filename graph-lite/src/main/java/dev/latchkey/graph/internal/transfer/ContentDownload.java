package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.Progress;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.Retries;
import dev.latchkey.graph.internal.http.StreamingResponse;
import dev.latchkey.graph.internal.http.Waits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the bytes of a file through redirects, expired URLs and broken connections, and rejects
 * what cannot be them. Used once.
 */
final class ContentDownload {

  private static final int BUFFER = 1 << 14;
  private static final int PROGRESS_STEP = 1 << 18;

  /** Graph redirects once; at personal OneDrive that URL does so again (2026). */
  private static final int MAX_REDIRECTS = 5;

  /** An attempt that brings less counts as one that failed: a host may drip for ever. */
  static final int MIN_PROGRESS = 1 << 16;

  private final GraphHttp http;
  private final GraphCall content;
  private final Supplier<DriveItem> look;
  private final DownloadSink sink;
  private final Progress progress;
  private final Retries retries;
  private boolean fromTheFirstByte;
  private boolean sized;
  private long best;

  /** The call that last brought bytes, for their rest; null if Graph must be asked. */
  private @Nullable GraphCall place;

  private GraphCall asked;
  private DriveItem item;
  private int lies;

  /**
   * Creates one.
   *
   * @param content asks Graph for the bytes, or for their URL
   * @param item the item as it was last read
   * @param look reads it again
   */
  ContentDownload(
      GraphHttp http,
      GraphCall content,
      DriveItem item,
      Supplier<DriveItem> look,
      DownloadSink sink,
      Progress progress) {
    this.http = http;
    this.content = content.acceptingRedirects();
    this.asked = this.content;
    this.item = item;
    this.look = look;
    this.sink = sink;
    this.progress = progress;
    this.retries = Retries.forTransfer(http.config());
  }

  /**
   * Runs until all bytes have arrived.
   *
   * @return whether the storage host said how many there are
   * @throws IOException if the sink fails
   * @throws MalformedAnswer if something else than the bytes came, twice
   */
  boolean run() throws IOException {
    best = sink.have();
    while (true) {
      GraphException failure;
      try (StreamingResponse incoming = open()) {
        failure = receive(incoming);
      } catch (TokenRejected | Forbidden | NotFound | ResyncRequired e) {
        if (!asked.presigned()) {
          throw e;
        }
        // Such a URL expires after an hour or so. Graph knows whether the file still exists.
        retries.afterRefusal(e);
        place = null;
        continue;
      } catch (RequestRefused e) {
        if (e.status() != 416 || sink.have() == 0) {
          throw e;
        }
        retries.afterRefusal(e);
        fromTheFirstByte = true;
        continue;
      }
      if (failure == null) {
        return sized;
      }
      if (failure instanceof MalformedAnswer && ++lies > 1) {
        throw failure;
      }
      retries.afterFailure(failure);
    }
  }

  /** Opens the bytes along the redirects, without a token from the first one on. */
  private StreamingResponse open() {
    GraphCall next = place == null ? content : place;
    for (int redirects = 0; ; redirects++) {
      asked = ranged(next);
      StreamingResponse incoming = http.open(asked);
      if (incoming.status() / 100 == 2) {
        place = next;
        return incoming;
      }
      URI target = http.location(asked, incoming);
      if (redirects == MAX_REDIRECTS) {
        throw malformed(incoming, "one redirect after another");
      }
      next = GraphCall.get(content.action(), target).withoutToken().acceptingRedirects();
    }
  }

  private GraphCall ranged(GraphCall call) {
    ContentVersion version = sink.version();
    // Graph itself is asked for the range only if the bytes came from there.
    if ((place == null && !call.presigned())
        || sink.have() == 0
        || version == null
        || version.tag() == null
        || fromTheFirstByte) {
      return call;
    }
    return call.header("Range", "bytes=" + sink.have() + "-").header("If-Range", version.tag());
  }

  /** Receives the bytes. Returns why they are not complete; null if they are. */
  private @Nullable GraphException receive(StreamingResponse incoming) throws IOException {
    ContentVersion coming;
    long skip = 0;
    boolean isRest = incoming.status() == 206;
    if (isRest) {
      coming = ContentVersion.rest(incoming.headers(), sink.have());
      if (coming == null || !coming.fits(sink.version())) {
        fromTheFirstByte = true;
        return failure("the file is not the one of which a part is here", incoming, null);
      }
    } else {
      coming = ContentVersion.whole(incoming.headers());
    }
    if (!mayBeIn(incoming, coming.total())) {
      place = null;
      return malformed(incoming, "something else than the file");
    }
    if (!isRest) {
      fromTheFirstByte = false;
      if (sink.have() > 0 && coming.fits(sink.version())) {
        // The host ignores Range (RFC 9110 §14.2 allows that).
        skip = sink.have();
      } else if (!sink.begin(coming)) {
        throw new PreconditionFailed(
            content.failed("the file changed meanwhile"), incoming.about(), null);
      }
    }
    return drain(incoming, coming.total(), skip);
  }

  /** Whether the head of a response fits the item, which may have been replaced meanwhile. */
  private boolean mayBeIn(StreamingResponse incoming, long total) {
    String type = incoming.headers().firstValue("Content-Type").orElse("");
    if (!ContentFingerprint.mayBeIn(item, total, type)) {
      item = look.get();
    }
    return ContentFingerprint.mayBeIn(item, total, type);
  }

  /** Whether the item may be so long: a host must not fill the disk. */
  private boolean mayHave(long count) {
    if (count > ContentFingerprint.most(item)) {
      item = look.get();
    }
    return count <= ContentFingerprint.most(item);
  }

  private @Nullable GraphException drain(StreamingResponse incoming, long total, long skip)
      throws IOException {
    sized = total >= 0;
    byte[] buffer = new byte[BUFFER];
    long toSkip = skip;
    long reported = sink.have();
    progress.at(reported, total);
    while (true) {
      int count;
      try {
        int most = toSkip > 0 ? (int) Math.min(toSkip, BUFFER) : BUFFER;
        count = incoming.read(buffer, 0, most);
      } catch (InterruptedIOException e) {
        throw Waits.interrupted(e);
      } catch (IOException e) {
        return failure("the answer broke off", incoming, e);
      }
      if (count < 0) {
        break;
      }
      if (toSkip > 0) {
        toSkip -= count;
        continue;
      }
      if (sized ? sink.have() + count > total : !mayHave(sink.have() + count)) {
        throw malformed(incoming, "more bytes than there are");
      }
      sink.write(buffer, count);
      noteProgress();
      if (sink.have() - reported >= PROGRESS_STEP) {
        reported = sink.have();
        progress.at(reported, total);
      }
    }
    // Without a length, a truncated response ends like a complete one.
    Long size = item.size();
    if (toSkip > 0 || (sized ? sink.have() < total : size != null && sink.have() < size)) {
      return failure("the answer broke off", incoming, null);
    }
    progress.at(sink.have(), sink.have());
    return null;
  }

  private void noteProgress() {
    if (sink.have() - best >= MIN_PROGRESS) {
      best = sink.have();
      retries.reset();
    }
  }

  private GraphUnavailable failure(
      String what, StreamingResponse incoming, @Nullable IOException cause) {
    return new GraphUnavailable(content.failed(what), null, incoming.about(), cause);
  }

  private MalformedAnswer malformed(StreamingResponse incoming, String what) {
    return new MalformedAnswer(
        content.failed("the storage host sent " + what), incoming.about(), null);
  }
}
