package dev.latchkey.graph.drive;

import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.PreconditionFailed;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Incoming;
import dev.latchkey.graph.http.Patience;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One file on its way down, through expired URLs and broken connections. Used once. */
final class Download {

  private static final int BUFFER = 1 << 14;
  private static final int PROGRESS_STEP = 1 << 18;

  private final GraphHttp http;
  private final Call content;
  private final long size;
  private final Sink sink;
  private final Progress progress;
  private final Patience patience;
  private boolean fromTheFirstByte;
  private boolean sized;
  private long best;

  /**
   * Creates one.
   *
   * @param content asks Graph where the bytes are
   * @param size how many there are as Graph says; -1 if it does not
   */
  Download(GraphHttp http, Call content, long size, Sink sink, Progress progress) {
    this.http = http;
    this.content = content.redirects(true);
    this.size = size;
    this.sink = sink;
    this.progress = progress;
    this.patience = new Patience(http);
  }

  /**
   * Runs until all bytes are there.
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
      try (Incoming incoming = http.open(request(place))) {
        failure = receive(incoming);
      } catch (TokenRejected | Forbidden | NotFound | ResyncRequired e) {
        // Such a URL is good for an hour or so. Graph knows whether the file is there.
        patience.afterRefusal(e);
        place = null;
        continue;
      } catch (RequestRefused e) {
        if (e.status() != 416 || sink.have() == 0) {
          throw e;
        }
        patience.afterRefusal(e);
        fromTheFirstByte = true;
        continue;
      }
      if (failure == null) {
        return sized;
      }
      patience.afterFailure(failure);
    }
  }

  private Call request(URI place) {
    Call call = Call.get(content.action(), place).withoutToken();
    Version version = sink.version();
    if (sink.have() == 0 || version == null || version.tag() == null || fromTheFirstByte) {
      return call;
    }
    return call.header("Range", "bytes=" + sink.have() + "-").header("If-Range", version.tag());
  }

  /** Takes what comes, and says why that is not all; null if it is. */
  private @Nullable GraphException receive(Incoming incoming) throws IOException {
    Version coming;
    long skip = 0;
    if (incoming.status() == 206) {
      coming = Version.rest(incoming.headers(), sink.have());
      if (coming == null || !coming.fits(sink.version())) {
        fromTheFirstByte = true;
        return failure("the file is not the one of which a part is here", incoming, null);
      }
    } else {
      coming = Version.whole(incoming.headers());
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

  private @Nullable GraphException drain(Incoming incoming, long total, long skip)
      throws IOException {
    sized = total >= 0;
    byte[] buffer = new byte[BUFFER];
    long toSkip = skip;
    long told = sink.have();
    progress.at(told, total);
    while (true) {
      int count;
      try {
        int most = toSkip > 0 ? (int) Math.min(toSkip, BUFFER) : BUFFER;
        count = incoming.read(buffer, 0, most);
      } catch (InterruptedIOException e) {
        throw GraphHttp.interrupted(e);
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
      gotFurther();
      if (sink.have() - told >= PROGRESS_STEP) {
        told = sink.have();
        progress.at(told, total);
      }
    }
    // Without a length, an answer that was cut ends like one that is whole.
    if (toSkip > 0 || sink.have() < (sized ? total : size)) {
      return failure("the answer broke off", incoming, null);
    }
    progress.at(sink.have(), sink.have());
    return null;
  }

  private void gotFurther() {
    if (sink.have() > best) {
      best = sink.have();
      patience.restore();
    }
  }

  private GraphUnavailable failure(String what, Incoming incoming, @Nullable IOException cause) {
    return new GraphUnavailable(content.failed(what), null, incoming.about(), cause);
  }

  private MalformedAnswer malformed(Incoming incoming, String what) {
    return new MalformedAnswer(
        content.failed("the storage host sent " + what), incoming.about(), null);
  }
}
