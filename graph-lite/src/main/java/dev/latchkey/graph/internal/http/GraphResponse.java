package dev.latchkey.graph.internal.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.internal.http.SecureUri;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.MalformedJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A successful response, read whole.
 *
 * @param call the call that it answers
 * @param head status and headers; the body has been read
 * @param json the body; null if it was empty
 * @param afterLoss whether an earlier attempt, whose response was lost, may have been carried out
 */
public record GraphResponse(
    GraphCall call, StreamingResponse head, @Nullable JsonObject json, boolean afterLoss) {

  /** The HTTP status: 2xx, or 3xx if the call accepts redirects. */
  public int status() {
    return head.status();
  }

  /** Status, ids and date, for exceptions. */
  public GraphError about() {
    return head.about();
  }

  /**
   * Requires the response of a call that returns nothing. With another status or a body, something
   * in Graph's place has answered, and a 2xx proves nothing.
   *
   * @param expected the status that Graph documents for the call
   * @throws GraphException as {@link #malformed} if it is another 2xx, or there is a body
   */
  public void requireNothing(int expected) {
    if (status() / 100 == 2 && (status() != expected || json != null)) {
      throw unusable(
          status() == expected ? "with a body" : "instead of " + expected + " without a body");
    }
  }

  /**
   * Reads the body.
   *
   * @throws GraphException as {@link #malformed} if it is empty, or the reader finds a member
   *     missing or of the wrong type
   */
  public <T> T read(Function<JsonObject, T> reader) {
    return read(body(), reader);
  }

  /**
   * Reads the elements of an array of objects, usually {@code value}.
   *
   * @throws GraphException as {@link #malformed} if it is not an array of objects, or the reader
   *     rejects one
   */
  public <T> List<T> readAll(String array, Function<JsonObject, T> reader) {
    if (!(body().get(array) instanceof JsonArray elements)) {
      throw malformed("no array \"" + array + "\"");
    }
    List<T> read = new ArrayList<>(elements.size());
    for (JsonElement element : elements) {
      if (!(element instanceof JsonObject object)) {
        throw malformed("\"" + array + "\" holds something other than an object");
      }
      read.add(read(object, reader));
    }
    return read;
  }

  /**
   * An optional string of the body.
   *
   * @throws GraphException as {@link #malformed} if the body is empty, or the member is not a
   *     string
   */
  public @Nullable String string(String name) {
    try {
      return Json.string(body(), name);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  /**
   * A link in the body; null if it is absent or blank.
   *
   * @throws GraphException as {@link #string}
   */
  public @Nullable String link(String name) {
    String link = string(name);
    return link == null || link.isBlank() ? null : link;
  }

  /**
   * A string of the body that must be present and not empty.
   *
   * @throws GraphException as {@link #malformed} if it is not
   */
  public String requiredString(String name) {
    try {
      return Json.requiredString(body(), name);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  /**
   * The strings of an array of the body; none if it is absent.
   *
   * @throws GraphException as {@link #malformed} if the body is empty, or the member is something
   *     else
   */
  public List<String> strings(String name) {
    try {
      return Json.strings(body(), name);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  private <T> T read(JsonObject from, Function<JsonObject, T> reader) {
    try {
      return reader.apply(from);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  private JsonObject body() {
    if (json == null) {
      throw malformed("an empty body");
    }
    return json;
  }

  /**
   * The {@code Location} header, resolved against the request.
   *
   * @throws GraphException as {@link #malformed} if it is absent or must not be followed: neither
   *     https nor http on loopback, or http after https
   */
  public URI location() {
    URI target = SecureUri.follow(call.uri(), head.headers().firstValue("Location").orElse(""));
    if (target == null) {
      throw malformed("no usable Location");
    }
    return target;
  }

  /**
   * The exception for a response like this: a {@link MalformedAnswer}; or an {@link OutcomeUnknown}
   * if the call is not repeatable, because it may have been carried out and its response damaged on
   * the way.
   */
  public GraphException malformed(String what) {
    return unusable("with " + what);
  }

  private GraphException unusable(String how) {
    String message = call.failed("Graph answered HTTP " + status() + " " + how);
    return status() / 100 == 2 && !call.repeatable()
        ? new OutcomeUnknown(message + "; it may have been carried out all the same", about(), null)
        : new MalformedAnswer(message, about(), null);
  }

  /** The same for a body that cannot be read as what it should be. */
  GraphException malformed(MalformedJson why) {
    return malformed("a body that is of no use: " + why.getMessage());
  }
}
