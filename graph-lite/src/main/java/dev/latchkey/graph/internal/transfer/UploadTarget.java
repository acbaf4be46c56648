package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a file is uploaded, and whether it has arrived there. */
public final class UploadTarget {

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
    try {
      GraphCall call = GraphCall.get("look at " + name, http.uri(path));
      return http.send(scopes.toRead(call)).read(DriveItem::fromJson);
    } catch (NotFound e) {
      return null;
    }
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
    return new GraphUnavailable(failed("a part of it got no answer"), null, lost.error(), lost);
  }

  private static boolean holds(DriveItem item, SourceFile source) throws IOException {
    boolean sameSize = Objects.equals(item.size(), source.size());
    boolean hashed = item.file() != null && item.file().quickXorHash() != null;
    return sameSize && (!hashed || !source.fingerprint().contradicts(item));
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
}
