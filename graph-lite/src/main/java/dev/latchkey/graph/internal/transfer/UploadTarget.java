package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.GraphResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a file is uploaded, and whether it has arrived there. */
public final class UploadTarget {

  /** The parameter that tells Graph what to do about an item of the same name, in query or JSON. */
  public static final String CONFLICT = "@microsoft.graph.conflictBehavior";

  final GraphHttp http;
  final GraphPath path;
  final UploadOptions options;
  private final String name;
  private final DriveScopes scopes;

  public UploadTarget(
      GraphHttp http, GraphPath path, String name, DriveScopes scopes, UploadOptions options) {
    this.http = http;
    this.path = path;
    this.name = name;
    this.scopes = scopes;
    this.options = options;
  }

  /** What the upload does, for messages. */
  String action() {
    return "upload " + name;
  }

  /** The URI of an action on the item, such as {@code content}. */
  URI uri(String segment) {
    return http.uri(path.then(segment));
  }

  /** Adds the scopes and the condition of the upload to a call. */
  GraphCall writing(GraphCall call) {
    return scopes.toWrite(call).header("If-Match", options.ifMatch());
  }

  /** Looks at the present item: an item with another tag later is a different one. */
  String look() {
    return tag(item());
  }

  private static String tag(@Nullable DriveItem item) {
    return item == null ? "nothing" : Objects.requireNonNullElse(item.eTag(), "no tag");
  }

  private @Nullable DriveItem item() {
    return item(http.uri(path));
  }

  private @Nullable DriveItem item(URI uri) {
    try {
      GraphCall call = GraphCall.get("look at " + name, uri);
      return http.send(scopes.toRead(call)).read(DriveItem::fromJson);
    } catch (NotFound e) {
      return null;
    }
  }

  /**
   * The item that a response to the last bytes reports. If it shows none, or one of another size,
   * Graph is asked: it may answer with a {@code Location} alone, or before it has counted.
   *
   * @return an item that {@link #holds} the file, or as Graph reports it
   * @throws GraphException as {@link GraphResponse#malformed} if no item is shown
   */
  DriveItem stored(GraphResponse response, SourceFile source) throws IOException {
    DriveItem said = response.json() == null ? null : response.read(DriveItem::fromJson);
    if (said != null && Objects.requireNonNullElse(said.size(), source.size()) == source.size()) {
      return said;
    }
    URI location = http.link(response.head().headers().firstValue("Location").orElse(""));
    DriveItem seen = location == null ? null : item(location);
    // A file under the name of the target may be another one.
    if (seen == null && (said != null || options.conflict() != ConflictBehavior.RENAME)) {
      seen = item();
    }
    if (seen != null && (said == null || said.id().equals(seen.id())) && holds(seen, source)) {
      return seen;
    }
    if (said == null) {
      throw response.malformed("an empty body");
    }
    return said;
  }

  /** Whether the item has the size of the file, and its hash where Graph knows it already. */
  boolean holds(DriveItem item, SourceFile source) throws IOException {
    Long size = item.size();
    if (size != null && size > source.size()) {
      return ContentFingerprint.isRewriting(item, source.size(), size);
    }
    return (size == null || size == source.size())
        && (!ContentFingerprint.isHashed(item) || source.fingerprint(item).matches(item));
  }

  /** Whether sending the file once more replaces what is there, and nothing else. */
  boolean isRepeatable() {
    return options.conflict() == ConflictBehavior.REPLACE && options.ifMatch() == null;
  }

  /** The failure if Graph holds something else than was sent. */
  MalformedAnswer wrong(DriveItem item, SourceFile source) {
    return new MalformedAnswer(
        failed(
            "Graph says that it stored "
                + item.size()
                + " bytes of "
                + source.size()
                + ", or bytes with another hash"),
        GraphError.noAnswer(null),
        null);
  }

  /**
   * Checks whether an upload whose last response was lost is complete: the item is not the one from
   * before, has the size of the file, and its hash where Graph already knows it.
   *
   * @param lost what happened instead of the last response
   * @param before what {@link #look} returned before
   * @return the item; null if the upload is certainly not complete
   * @throws OutcomeUnknown if it may be complete under another name
   */
  @Nullable DriveItem arrived(String before, SourceFile source, @Nullable GraphException lost)
      throws IOException {
    DriveItem item = item();
    if (item != null && !tag(item).equals(before) && holds(item, source)) {
      return item;
    }
    if (item != null && options.conflict() == ConflictBehavior.RENAME) {
      throw new OutcomeUnknown(
          failed("no answer came, and it may have got another name"),
          lost == null ? GraphError.noAnswer(null) : lost.error(),
          lost);
    }
    return null;
  }

  /**
   * Does the same when no attempt is left. If the look fails too, the outcome remains unknown.
   *
   * @throws GraphException what happened instead of the last response, if the look fails
   */
  @Nullable DriveItem arrivedAfterAll(String before, SourceFile source, OutcomeUnknown lost)
      throws IOException {
    try {
      return arrived(before, source, lost);
    } catch (OutcomeUnknown e) {
      throw e;
    } catch (GraphException e) {
      lost.addSuppressed(e);
      throw lost;
    }
  }

  /**
   * Checks whether an upload was refused because of itself: an earlier request, whose response was
   * lost, was carried out late.
   *
   * @param before what was there before that request; null if no response was lost
   * @throws GraphException the refusal if it had another reason
   */
  DriveItem orArrived(GraphException refusal, @Nullable String before, SourceFile source)
      throws IOException {
    DriveItem item = before == null ? null : arrived(before, source, refusal);
    if (item == null) {
      throw refusal;
    }
    return item;
  }

  /** The failure after a lost response if repeating the request is harmless. */
  GraphUnavailable unanswered(OutcomeUnknown lost) {
    String what = lost.status() == 0 ? "got no answer" : "got no usable answer";
    return new GraphUnavailable(failed("a part of it " + what), null, lost.error(), lost);
  }

  /** The failure if all bytes have arrived but no item exists. */
  GraphUnavailable unfinished() {
    return new GraphUnavailable(
        failed("Graph has all bytes, but shows no item yet"),
        null,
        GraphError.noAnswer(null),
        null);
  }

  private String failed(String why) {
    return GraphCall.failed(action(), why);
  }

  /** The value of {@link #CONFLICT}. */
  public static String conflict(ConflictBehavior behavior) {
    return behavior.name().toLowerCase(Locale.ROOT);
  }
}
