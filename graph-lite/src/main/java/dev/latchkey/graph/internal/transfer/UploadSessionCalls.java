package dev.latchkey.graph.internal.transfer;

import com.google.gson.JsonObject;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.RequestRefused;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.error.TokenRejected;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphResponse;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests of an upload session. Those to its URL go without a token.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-createuploadsession">driveItem:
 *     createUploadSession</a>
 */
final class UploadSessionCalls {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(-\\d{0,18})?");

  /** What OneDrive says beside HTTP 400 and a code that says nothing. */
  private static final Pattern GONE =
      Pattern.compile(
          "session\\b[^.]*\\b(not found|not exist|expired|no longer)", Pattern.CASE_INSENSITIVE);

  private final UploadTarget target;
  private final GraphHttp http;
  private final long size;

  UploadSessionCalls(UploadTarget target, long size) {
    this.target = target;
    this.http = target.http;
    this.size = size;
  }

  /** Creates a session. Harmless to repeat: an unused session expires. */
  UploadSession begin(String before) {
    JsonObject item = new JsonObject();
    item.addProperty(UploadTarget.CONFLICT, UploadTarget.conflict(target.options.conflict()));
    JsonObject body = new JsonObject();
    body.add("item", item);
    GraphCall call = GraphCall.post(target.action(), target.uri("createUploadSession"));
    GraphResponse response = http.send(target.writing(call).json(body).repeatable(true));
    URI url = http.elsewhere(response.requiredString("uploadUrl"));
    if (url == null) {
      throw response.malformed("an upload URL that must not be used");
    }
    return new UploadSession(url, before, false);
  }

  /** Sends a slice once: after a failure only the session knows how far it got. */
  GraphResponse put(UploadSession session, SourceFile source, long first, long length) {
    String range = "bytes " + first + "-" + (first + length - 1) + "/" + size;
    GraphCall call = GraphCall.put(target.action(), session.url()).withoutToken();
    GraphCall slice = call.content(source.region(first, length)).header("Content-Range", range);
    return unlessDead(slice, true);
  }

  /** Asks for the first byte that the session lacks. */
  long next(UploadSession session) {
    GraphCall call = GraphCall.get(target.action(), session.url()).withoutToken();
    return next(unlessDead(call, false));
  }

  /**
   * Sends a call to the session's URL.
   *
   * @throws NotFound for whatever means that the server does not know the session, or no longer;
   *     its cause is the refusal if that was another one
   */
  private GraphResponse unlessDead(GraphCall call, boolean once) {
    try {
      return once ? http.sendOnce(call) : http.send(call);
    } catch (TokenRejected | ResyncRequired | Forbidden | RequestRefused e) {
      String message = String.valueOf(e.error().message());
      if (e instanceof RequestRefused && !(e.status() == 400 && GONE.matcher(message).find())) {
        throw e;
      }
      throw new NotFound(String.valueOf(e.getMessage()), e.error(), e);
    }
  }

  /** The first byte that the session lacks; the size if it has all bytes. */
  long next(GraphResponse standing) {
    if (standing.json() == null || !standing.json().has("nextExpectedRanges")) {
      throw standing.malformed("no \"nextExpectedRanges\"");
    }
    long next = size;
    for (String range : standing.strings("nextExpectedRanges")) {
      Matcher matcher = RANGE.matcher(range.strip());
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) > size) {
        throw standing.malformed("invalid \"nextExpectedRanges\"");
      }
      next = Math.min(next, Long.parseLong(matcher.group(1)));
    }
    return next;
  }

  /** Deletes the session if one request suffices. */
  void abandon(UploadSession session) {
    try {
      GraphCall call = GraphCall.delete("abandon the upload", session.url()).withoutToken();
      http.send(call.repeatable(false));
    } catch (GraphException e) {
      // The session remains until it expires.
    }
  }
}
