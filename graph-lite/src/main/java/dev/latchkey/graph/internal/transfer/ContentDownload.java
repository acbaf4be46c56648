package dev.latchkey.graph.internal.transfer;

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
import org.jspecify.annotations.Nullable;

/** Fetches the bytes of a file through expired URLs and broken connections. Used once. */
final class ContentDownload {

  private static final int BUFFER = 1 << 14;
  private static final int PROGRESS_STEP = 1 << 18;

  private final GraphHttp http;
  private final GraphCall content;
  private final long size;
  private final DownloadSink sink;
  private final Progress progress;
  private final Retries retries;
  private boolean fromTheFirstByte;
  private boolean sized;
  private long best;

  /**
   * Creates one.
   *
   * @param content asks Graph for the URL of the bytes
   * @param size the number of bytes as Graph reports it; -1 if it does not
   */
  ContentDownload(
      GraphHttp http, GraphCall content, long size, DownloadSink sink, Progress progress) {
    this.http = http;
    this.content = content.acceptingRedirects();
    this.size = size;
    this.sink = sink;
    this.progress = progress;
    this.retries = Retries.forTransfer(http.config());
  }

  /**
   * Runs until all bytes have arrived.
   *
   * @return whether the storage host said how many there are
   * @throws IOException if the sink fails
   */
  boolean run() throws IOException {
    best = sink.have();
    URI place = null;
    while (true) {
      if (place == null) {
        place = http.send(content).location();
      }
      GraphException failure;
      try (StreamingResponse incoming = http.open(request(place))) {
        failure = receive(incoming);
      } catch (TokenRejected | Forbidden | NotFound | ResyncRequired e) {
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
      retries.afterFailure(failure);
    }
  }

  private GraphCall request(URI place) {
    GraphCall call = GraphCall.get(content.action(), place).withoutToken();
    ContentVersion version = sink.version();
    if (sink.have() == 0 || version == null || version.tag() == null || fromTheFirstByte) {
      return call;
    }
    return call.header("Range", "bytes=" + sink.have() + "-").header("If-Range", version.tag());
  }

  /** Receives the bytes. Returns why they are not complete; null if they are. */
  private @Nullable GraphException receive(StreamingResponse incoming) throws IOException {
    ContentVersion coming;
    long skip = 0;
    if (incoming.status() == 206) {
      coming = ContentVersion.rest(incoming.headers(), sink.have());
      if (coming == null || !coming.fits(sink.version())) {
        fromTheFirstByte = true;
        return failure("the file is not the one of which a part is here", incoming, null);
      }
    } else {
      coming = ContentVersion.whole(incoming.headers());
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
      if (total >= 0 && sink.have() + count > total) {
        throw malformed(incoming, "more bytes than it says");
      }
      sink.write(buffer, count);
      noteProgress();
      if (sink.have() - reported >= PROGRESS_STEP) {
        reported = sink.have();
        progress.at(reported, total);
      }
    }
    // Without a length, a truncated response ends like a complete one.
    if (toSkip > 0 || sink.have() < (sized ? total : size)) {
      return failure("the answer broke off", incoming, null);
    }
    progress.at(sink.have(), sink.have());
    return null;
  }

  private void noteProgress() {
    if (sink.have() > best) {
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
