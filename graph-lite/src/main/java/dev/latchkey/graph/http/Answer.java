package dev.latchkey.graph.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.wire.MalformedJson;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is no failure, read whole.
 *
 * @param call what it answers
 * @param status 2xx, or 3xx if the call takes redirects
 * @param headers all of them
 * @param json the body; null if there was none
 * @param about ids and date, for complaints
 * @param afterLoss whether an earlier attempt, whose answer was lost, may have been carried out
 */
public record Answer(
    Call call,
    int status,
    HttpHeaders headers,
    @Nullable JsonObject json,
    GraphError about,
    boolean afterLoss) {

  /**
   * Reads the body.
   *
   * @throws GraphException as {@link #malformed}, if there is none, or the reader finds a member
   *     missing or of the wrong type
   */
  public <T> T read(Function<JsonObject, T> reader) {
    if (json == null) {
      throw malformed("an empty body");
    }
    try {
      return reader.apply(json);
    } catch (MalformedJson e) {
      throw malformed("a body that is of no use: " + e.getMessage());
    }
  }

  /**
   * Reads the elements of an array of objects, usually {@code value}.
   *
   * @throws GraphException as {@link #malformed}, if it is no array of objects, or the reader
   *     complains of one
   */
  public <T> List<T> readAll(String array, Function<JsonObject, T> reader) {
    return read(
        body -> {
          if (!(body.get(array) instanceof JsonArray elements)) {
            throw malformed("no array \"" + array + "\"");
          }
          List<T> read = new ArrayList<>(elements.size());
          for (JsonElement element : elements) {
            if (!(element instanceof JsonObject object)) {
              throw malformed("\"" + array + "\" holds something that is no object");
            }
            read.add(reader.apply(object));
          }
          return read;
        });
  }

  /**
   * Where the answer sends the caller: the {@code Location} header, resolved against the request.
   *
   * @throws GraphException as {@link #malformed}, if there is none that may be followed: neither
   *     https nor http on loopback, or http after https
   */
  public URI location() {
    URI target = Links.follow(call.uri(), headers.firstValue("Location").orElse(""));
    if (target == null) {
      throw malformed("no usable Location");
    }
    return target;
  }

  /**
   * A complaint about this answer: a {@link MalformedAnswer}, or that the outcome is unknown if a
   * call that is not repeatable may have been carried out, whose answer may have been spoilt on the
   * way.
   */
  public GraphException malformed(String what) {
    MalformedAnswer complaint =
        new MalformedAnswer(
            "Could not " + call.action() + ": Graph answered HTTP " + status + " with " + what,
            about,
            null);
    return status / 100 == 2 && !call.repeatable()
        ? new OutcomeUnknown(
            complaint.getMessage() + "; it may have been carried out all the same", about, null)
        : complaint;
  }

  /** Leaves out the body and the headers. */
  @Override
  public String toString() {
    return call + " " + status;
  }
}
