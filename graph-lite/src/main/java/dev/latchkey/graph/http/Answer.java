package dev.latchkey.graph.http;

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

/** An answer that is no failure, read whole. */
public final class Answer {

  private final Call call;
  private final Incoming head;
  private final @Nullable JsonObject json;
  private final boolean afterLoss;

  Answer(Call call, Incoming head, @Nullable JsonObject json, boolean afterLoss) {
    this.call = call;
    this.head = head;
    this.json = json;
    this.afterLoss = afterLoss;
  }

  /** What it answers. */
  public Call call() {
    return call;
  }

  /** The HTTP status: 2xx, or 3xx if the call takes redirects. */
  public int status() {
    return head.status();
  }

  /** The body; null if there was none. */
  public @Nullable JsonObject json() {
    return json;
  }

  /** Ids and date, for complaints. */
  public GraphError about() {
    return head.about();
  }

  /** Whether an earlier attempt, whose answer was lost, may have been carried out. */
  public boolean afterLoss() {
    return afterLoss;
  }

  /**
   * Reads the body.
   *
   * @throws GraphException as {@link #malformed}, if there is none, or the reader finds a member
   *     missing or of the wrong type
   */
  public <T> T read(Function<JsonObject, T> reader) {
    return read(body(), reader);
  }

  /**
   * Reads the elements of an array of objects, usually {@code value}.
   *
   * @throws GraphException as {@link #malformed}, if it is no array of objects, or the reader
   *     complains of one
   */
  public <T> List<T> readAll(String array, Function<JsonObject, T> reader) {
    if (!(body().get(array) instanceof JsonArray elements)) {
      throw malformed("no array \"" + array + "\"");
    }
    List<T> read = new ArrayList<>(elements.size());
    for (JsonElement element : elements) {
      if (!(element instanceof JsonObject object)) {
        throw malformed("\"" + array + "\" holds something that is no object");
      }
      read.add(read(object, reader));
    }
    return read;
  }

  /**
   * A string of the body that may be absent.
   *
   * @throws GraphException as {@link #malformed}, if there is no body, or it is no string
   */
  public @Nullable String string(String name) {
    try {
      return Json.string(body(), name);
    } catch (MalformedJson e) {
      throw malformed(e);
    }
  }

  /**
   * A string of the body that must be there and not be empty.
   *
   * @throws GraphException as {@link #malformed}, if it is not
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
   * @throws GraphException as {@link #malformed}, if there is no body, or it is something else
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
   * Where the answer sends the caller: the {@code Location} header, resolved against the request.
   *
   * @throws GraphException as {@link #malformed}, if there is none that may be followed: neither
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
   * A complaint about this answer: a {@link MalformedAnswer}, or that the outcome is unknown if a
   * call that is not repeatable may have been carried out, whose answer may have been spoilt on the
   * way.
   */
  public GraphException malformed(String what) {
    String message = call.failed("Graph answered HTTP " + status() + " with " + what);
    return status() / 100 == 2 && !call.repeatable()
        ? new OutcomeUnknown(message + "; it may have been carried out all the same", about(), null)
        : new MalformedAnswer(message, about(), null);
  }

  /** The complaint about a body that cannot be read, or not as what it should be. */
  GraphException malformed(MalformedJson why) {
    return malformed("a body that is of no use: " + why.getMessage());
  }
}
