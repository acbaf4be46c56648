package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.Listing;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files and folders of one drive. Thread-safe; free to make and to forget.
 *
 * <p>All calls block and throw as {@link dev.latchkey.graph.GraphClient} says; {@link
 * dev.latchkey.graph.error.NotFound} if the item is not there. What goes wrong with local files is
 * an {@link java.io.UncheckedIOException}. Reading one's own drive needs {@code Files.Read},
 * writing {@code Files.ReadWrite}; other drives {@code Files.Read.All} and {@code
 * Files.ReadWrite.All}.
 */
public final class Drive {

  private final GraphHttp http;
  private final Route route;
  private final Access access;

  Drive(GraphHttp http, Route route, Access access) {
    this.http = http;
    this.route = route;
    this.access = access;
  }

  /**
   * What Graph says of the drive itself. One request.
   *
   * @return its id, name and quota
   */
  public DriveInfo info() {
    return DriveInfo.of(http.send(toRead("read the drive", route)));
  }

  /**
   * A file or folder. One request.
   *
   * @param ref which
   * @return what it is now
   */
  public DriveItem item(ItemRef ref) {
    return DriveItem.of(http.send(toRead("read " + ref, ref.in(route))));
  }

  /**
   * What is in a folder.
   *
   * @param folder which
   * @return its files and folders, fetched while they are walked
   */
  public Listing<DriveItem> children(ItemRef folder) {
    return children(folder, ListOptions.defaults());
  }

  /**
   * What is in a folder.
   *
   * @param folder which
   * @param options members, order and page size
   * @return its files and folders, fetched while they are walked
   */
  public Listing<DriveItem> children(ItemRef folder, ListOptions options) {
    Route listing = options.applyTo(folder.in(route).then("children"));
    return DriveItem.list(http, toRead("list " + folder, listing));
  }

  /**
   * Searches names and contents. New files may take a while to be found.
   *
   * @param text what to search
   * @return what is found in the whole drive, fetched while it is walked
   */
  public Listing<DriveItem> search(String text) {
    Route search = route.then("root", "search(q='" + text.replace("'", "''") + "')");
    return DriveItem.list(http, toRead("search the drive", search));
  }

  /**
   * Makes a folder. One request, sent again only if Graph certainly did not carry it out.
   *
   * @param parent the folder around it, which must be there
   * @param name its name
   * @return the new folder
   * @throws dev.latchkey.graph.error.Conflict if the name is taken
   */
  public DriveItem createFolder(ItemRef parent, String name) {
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    body.add("folder", new JsonObject());
    body.addProperty(ConflictBehavior.MEMBER, ConflictBehavior.FAIL.wire());
    Call call = Call.post("create the folder " + name, http.uri(parent.in(route).then("children")));
    return DriveItem.of(http.send(access.toWrite(call).json(body)));
  }

  /**
   * Renames a file or folder. One request, sent again only if Graph certainly did not carry it out.
   *
   * @param ref which
   * @param name the new name
   * @return the item
   * @throws dev.latchkey.graph.error.Conflict if the name is taken
   */
  public DriveItem rename(ItemRef ref, String name) {
    return change("rename " + ref, ref, null, name);
  }

  /**
   * Moves a file or folder within the drive. One request, and one more if the folder is not given
   * by its id; the move is sent again only if Graph certainly did not carry it out.
   *
   * @param ref which
   * @param folder where to
   * @param name the new name, or null to keep it
   * @return the item
   * @throws dev.latchkey.graph.error.Conflict if the name is taken there
   */
  public DriveItem move(ItemRef ref, ItemRef folder, @Nullable String name) {
    String known = folder.onlyId();
    String id = known == null ? item(folder).id() : known;
    return change("move " + ref, ref, id, name);
  }

  private DriveItem change(
      String action, ItemRef ref, @Nullable String folderId, @Nullable String name) {
    JsonObject body = new JsonObject();
    if (folderId != null) {
      JsonObject parent = new JsonObject();
      parent.addProperty("id", folderId);
      body.add("parentReference", parent);
    }
    if (name != null) {
      body.addProperty("name", name);
    }
    Call call = Call.patch(action, http.uri(ref.in(route)));
    return DriveItem.of(http.send(access.toWrite(call).json(body)));
  }

  /**
   * Deletes a file, or a folder with all that is in it, into the recycle bin. Sent again after a
   * lost answer; that it is gone then counts as done.
   *
   * @param ref which
   */
  public void delete(ItemRef ref) {
    delete(ref, null);
  }

  /**
   * Deletes a file or folder if it is still the one that the caller knows.
   *
   * @param ref which
   * @param ifMatch its {@link DriveItem#eTag()}; null to delete it in any case
   * @throws dev.latchkey.graph.error.PreconditionFailed if it changed
   */
  public void delete(ItemRef ref, @Nullable String ifMatch) {
    Call call = Call.delete("delete " + ref, http.uri(ref.in(route)));
    http.send(access.toWrite(call).header("If-Match", ifMatch));
  }

  /**
   * The changes since a link was handed out, a page of them. One request. To follow a drive, keep
   * the link of each page once its items are dealt with, in a file for example:
   *
   * <pre>{@code
   * DeltaPage page;
   * do {
   *   page = drive.delta(kept.read());   // null at the very first
   *   page.items().forEach(this::apply);
   *   kept.write(page.link());
   * } while (!page.isLast());
   * }</pre>
   *
   * @param link of an earlier page, or {@link
   *     dev.latchkey.graph.error.ResyncRequired#restartLink()}; null to begin with all that is
   *     there
   * @return the changes in their order
   * @throws dev.latchkey.graph.error.ResyncRequired if the link is too old: begin anew
   * @throws IllegalArgumentException if the link leads anywhere but to Graph
   */
  public DeltaPage delta(@Nullable String link) {
    URI uri = link == null ? http.uri(route.then("root", "delta")) : http.link(link);
    if (uri == null) {
      throw new IllegalArgumentException("no delta link of this Graph");
    }
    return delta(uri);
  }

  /**
   * A link from which only later changes come. One request.
   *
   * @return a page without items
   */
  public DeltaPage deltaFromNow() {
    return delta(http.uri(route.then("root", "delta").query("token", "latest")));
  }

  private DeltaPage delta(URI uri) {
    Call call = access.toRead(Call.get("read the changes of the drive", uri));
    Answer answer;
    try {
      answer = http.send(call);
    } catch (ResyncRequired e) {
      throw usable(e);
    }
    return DeltaPage.read(http, answer);
  }

  /** The same without its link if that cannot be used: then one begins anew without. */
  private ResyncRequired usable(ResyncRequired resync) {
    String link = resync.restartLink();
    return link == null || http.link(link) != null
        ? resync
        : new ResyncRequired(
            String.valueOf(resync.getMessage()), resync.kind(), null, resync.error(), resync);
  }

  /**
   * Downloads a file. See {@link #download(ItemRef, Path, Progress)}.
   *
   * @param ref which
   * @param target where to
   * @return what was downloaded
   */
  public DriveItem download(ItemRef ref, Path target) {
    return download(ref, target, Progress.NONE);
  }

  /**
   * Downloads a file. The bytes go to {@code NAME.part} beside the target, owner-only, which is put
   * in the place of the target when all of them are there and have the hash that Graph gives.
   * Interrupted or killed, and called again, it goes on where it was, unless the file changed
   * meanwhile; {@code NAME.part.version} says of what the part is. A new target is owner-only; one
   * that is replaced keeps its permissions.
   *
   * @param ref which
   * @param target where to; its directory must exist
   * @param progress hears how far it is
   * @return what was downloaded
   * @throws dev.latchkey.graph.error.MalformedAnswer if the bytes are not what Graph says they are
   * @throws java.io.UncheckedIOException if the disk is full, for example, or another download
   *     writes the same part
   */
  public DriveItem download(ItemRef ref, Path target, Progress progress) {
    try {
      return downloads(ref, progress).toFile(target);
    } catch (IOException e) {
      throw local(e);
    }
  }

  /**
   * Downloads a file to a stream. See {@link #download(ItemRef, OutputStream, Progress)}.
   *
   * @param ref which
   * @param target where to
   * @return what was downloaded
   */
  public DriveItem download(ItemRef ref, OutputStream target) {
    return download(ref, target, Progress.NONE);
  }

  /**
   * Downloads a file to a stream. After a broken connection it goes on where it was.
   *
   * @param ref which
   * @param target where to; is flushed, not closed
   * @param progress hears how far it is
   * @return what was downloaded
   * @throws dev.latchkey.graph.error.PreconditionFailed if the file changed meanwhile, so that what
   *     was written is of no use
   * @throws dev.latchkey.graph.error.MalformedAnswer if the bytes are not what Graph says they are
   * @throws java.io.UncheckedIOException if the stream fails
   */
  public DriveItem download(ItemRef ref, OutputStream target, Progress progress) {
    try {
      return downloads(ref, progress).toStream(target);
    } catch (IOException e) {
      throw local(e);
    }
  }

  private Downloads downloads(ItemRef ref, Progress progress) {
    DriveItem item = item(ref);
    return new Downloads(http, access, item.ref().in(route), item, ref.toString(), progress);
  }

  /**
   * Uploads a file and replaces what is there. See {@link #upload(Path, ItemRef, UploadOptions)}.
   *
   * @param file what
   * @param target where to
   * @return the item there
   */
  public DriveItem upload(Path file, ItemRef target) {
    return upload(file, target, UploadOptions.defaults());
  }

  /**
   * Uploads a file: up to 4 MiB in one request, a larger one in slices. After any failure Graph is
   * asked how far it is, and the upload goes on from there; with a {@linkplain
   * UploadOptions#checkpoint checkpoint} in another process too. Whether it was done although the
   * last answer was lost is looked up, so that nothing is stored twice.
   *
   * @param file what; must not change meanwhile
   * @param target where to: {@code ItemRef.path("Reports/q3.pdf")}, {@code
   *     folder.ref().child("q3.pdf")}, or the id of a file that is there. SharePoint and OneDrive
   *     make the folders that are missing
   * @param options slices, checkpoint, conflicts, progress
   * @return the item there
   * @throws SourceChanged if the file changed meanwhile; nothing was stored, but for what the
   *     message of one that was resumed says
   * @throws dev.latchkey.graph.error.Conflict if the name is taken, and is not to be replaced; or
   *     if the file there is locked
   * @throws dev.latchkey.graph.error.PreconditionFailed if {@code ifMatch} does not match
   * @throws dev.latchkey.graph.error.QuotaExceeded if there is no room; with a checkpoint the
   *     upload goes on when there is
   * @throws dev.latchkey.graph.error.OutcomeUnknown if the last answer was lost, and the name may
   *     have become another one or Graph cannot be asked whether the file is there
   * @throws java.io.UncheckedIOException if the file cannot be read, or the checkpoint not written
   * @throws IllegalArgumentException if the target is the root
   */
  public DriveItem upload(Path file, ItemRef target, UploadOptions options) {
    if (target.equals(ItemRef.root())) {
      throw new IllegalArgumentException("the root is no file");
    }
    Destination place = new Destination(http, target.in(route), target.toString(), access, options);
    try {
      return place.upload(file);
    } catch (IOException e) {
      throw local(e);
    }
  }

  /** What went wrong with a local file, or the end by an interrupt. */
  private static RuntimeException local(IOException failure) {
    return failure instanceof ClosedByInterruptException
        ? GraphHttp.interrupted(failure)
        : new UncheckedIOException(failure.getMessage(), failure);
  }

  private Call toRead(String action, Route where) {
    return access.toRead(Call.get(action, http.uri(where)));
  }

  /** Names the path of the drive. */
  @Override
  public String toString() {
    return "Drive[" + route + "]";
  }
}
