package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests of an upload session. Those to its URL go without a token.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-createuploadsession">driveItem:
 *     createUploadSession</a>
 */
final class SessionCalls {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(-\\d{0,18})?");

  private final Destination destination;
  private final GraphHttp http;
  private final long size;

  SessionCalls(Destination destination, long size) {
    this.destination = destination;
    this.http = destination.http;
    this.size = size;
  }

  /** Begins one. Harmless to repeat: a session that nobody uses is forgotten. */
  Session begin(String before) {
    JsonObject item = new JsonObject();
    item.addProperty(ConflictBehavior.MEMBER, destination.options.conflict.wire());
    JsonObject body = new JsonObject();
    body.add("item", item);
    Call call = Call.post(destination.action(), destination.uri("createUploadSession"));
    Answer answer = http.send(destination.writing(call).json(body).repeatable(true));
    URI url = http.elsewhere(answer.requiredString("uploadUrl"));
    if (url == null) {
      throw answer.malformed("an upload URL that may not be used");
    }
    return new Session(url, before, false);
  }

  /** Sends a slice, once: after a failure the session may stand anywhere. */
  Answer put(Session session, SourceFile source, long first, long length) {
    String range = "bytes " + first + "-" + (first + length - 1) + "/" + size;
    Call call = Call.put(destination.action(), session.url()).withoutToken();
    return http.sendOnce(source.region(call, first, length).header("Content-Range", range));
  }

  /** Asks where the session stands. */
  long next(Session session) {
    return next(http.send(Call.get(destination.action(), session.url()).withoutToken()));
  }

  /** The first byte that the session lacks; the size if it has all. */
  long next(Answer standing) {
    if (standing.json() == null || !standing.json().has("nextExpectedRanges")) {
      throw standing.malformed("no \"nextExpectedRanges\"");
    }
    long next = size;
    for (String range : standing.strings("nextExpectedRanges")) {
      Matcher matcher = RANGE.matcher(range.strip());
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) > size) {
        throw standing.malformed("\"nextExpectedRanges\" that make no sense");
      }
      next = Math.min(next, Long.parseLong(matcher.group(1)));
    }
    return next;
  }

  /** Gives the session up, if that is easily done. */
  void abandon(Session session) {
    try {
      Call call = Call.delete("give the upload up", session.url()).withoutToken();
      http.send(call.repeatable(false));
    } catch (GraphException e) {
      // It stays until it expires.
    }
  }
}
