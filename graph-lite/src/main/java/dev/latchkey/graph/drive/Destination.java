package dev.latchkey.graph.drive;

import dev.latchkey.graph.error.GraphError;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.OutcomeUnknown;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a file is uploaded to, and whether it has arrived there. */
final class Destination {

  final GraphHttp http;
  final Route route;
  final UploadOptions options;
  private final String name;
  private final Access access;

  Destination(GraphHttp http, Route route, String name, Access access, UploadOptions options) {
    this.http = http;
    this.route = route;
    this.name = name;
    this.access = access;
    this.options = options;
  }

  /** What the upload does, for messages. */
  String action() {
    return "upload " + name;
  }

  /** The URI of something that is done to the item, such as {@code content}. */
  URI uri(String segment) {
    return http.uri(route.then(segment));
  }

  /** The call with the scopes and the condition of the upload. */
  Call writing(Call call) {
    return access.toWrite(call).header("If-Match", options.ifMatch);
  }

  /** Looks what is there: what differs from it later is another item. */
  String look() {
    return tag(item());
  }

  private static String tag(@Nullable DriveItem item) {
    return item == null ? "nothing" : Objects.requireNonNullElse(item.eTag(), "no tag");
  }

  private @Nullable DriveItem item() {
    try {
      Call call = Call.get("see what is at " + name, http.uri(route));
      return DriveItem.of(http.send(access.toRead(call)));
    } catch (NotFound e) {
      return null;
    }
  }

  /**
   * Looks whether an upload is done whose last answer was lost: there is another item than before,
   * of the same size, and of the same hash where Graph already knows it.
   *
   * @param lost what happened instead of the last answer
   * @param before what {@link #look} saw then
   * @return the item; null if the upload was certainly not done
   * @throws OutcomeUnknown if it may have been done under another name
   */
  @Nullable DriveItem arrived(String before, SourceFile source, @Nullable GraphException lost)
      throws IOException {
    DriveItem item = item();
    if (item != null && !tag(item).equals(before) && holds(item, source)) {
      return item;
    }
    if (item != null && options.conflict == ConflictBehavior.RENAME) {
      throw new OutcomeUnknown(
          failed("no answer came, and it may have got another name"),
          lost == null ? GraphError.noAnswer(null) : lost.error(),
          lost);
    }
    return null;
  }

  /**
   * The same when no try is left. If what is there cannot be seen either, the outcome stays open.
   *
   * @throws GraphException what happened instead of the last answer, if nobody can look
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
   * Looks whether an upload was refused because of itself: an earlier request, whose answer was
   * lost, was carried out late.
   *
   * @param before what was there before that request; null if no answer was lost
   * @throws GraphException the refusal, if it had another reason
   */
  DriveItem orArrived(GraphException refusal, @Nullable String before, SourceFile source)
      throws IOException {
    DriveItem item = before == null ? null : arrived(before, source, refusal);
    if (item == null) {
      throw refusal;
    }
    return item;
  }

  /** What to end with when the answer was lost, and sending it again does no harm. */
  GraphUnavailable unanswered(OutcomeUnknown lost) {
    return new GraphUnavailable(failed("a part of it got no answer"), null, lost.error(), lost);
  }

  private static boolean holds(DriveItem item, SourceFile source) throws IOException {
    boolean sameSize = Objects.equals(item.size(), source.size());
    boolean hashed = item.file() != null && item.file().quickXorHash() != null;
    return sameSize && (!hashed || !source.fingerprint().contradicts(item));
  }

  /** All bytes are there, and yet no item. */
  GraphUnavailable unfinished() {
    return new GraphUnavailable(
        failed("Graph has all bytes, but shows no item yet"),
        null,
        GraphError.noAnswer(null),
        null);
  }

  private String failed(String why) {
    return Call.failed(action(), why);
  }

  DriveItem upload(Path file) throws IOException {
    try (SourceFile source = SourceFile.open(file)) {
      return source.size() <= SmallUpload.LARGEST
          ? new SmallUpload(this, source).run()
          : new SlicedUpload(this, source).run();
    }
  }
}
