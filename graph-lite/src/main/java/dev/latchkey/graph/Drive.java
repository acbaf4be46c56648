package dev.latchkey.graph;

import com.google.gson.JsonObject;
import dev.latchkey.graph.drive.ConflictBehavior;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.DriveInfo;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.drive.ListOptions;
import dev.latchkey.graph.drive.Progress;
import dev.latchkey.graph.drive.SourceChanged;
import dev.latchkey.graph.drive.UploadOptions;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.http.GraphResponse;
import dev.latchkey.graph.internal.http.PageIterator;
import dev.latchkey.graph.internal.http.Waits;
import dev.latchkey.graph.internal.transfer.DriveScopes;
import dev.latchkey.graph.internal.transfer.FileDownload;
import dev.latchkey.graph.internal.transfer.SlicedUpload;
import dev.latchkey.graph.internal.transfer.SmallUpload;
import dev.latchkey.graph.internal.transfer.SourceFile;
import dev.latchkey.graph.internal.transfer.UploadTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files and folders of one drive. Thread-safe; need not be closed.
 *
 * <p>All calls block and throw as {@link GraphClient} says; {@link
 * dev.latchkey.graph.error.NotFound} if the item does not exist. A failure of a local file is an
 * {@link java.io.UncheckedIOException}. Reading the user's own drive needs {@code Files.Read},
 * writing {@code Files.ReadWrite}; other drives need {@code Files.Read.All} and {@code
 * Files.ReadWrite.All}.
 */
public final class Drive {

  /** The status of Graph when it has deleted an item. */
  private static final int DELETED = 204;

  private final GraphHttp http;
  private final GraphPath path;
  private final DriveScopes scopes;

  Drive(GraphHttp http, GraphPath path, DriveScopes scopes) {
    this.http = http;
    this.path = path;
    this.scopes = scopes;
  }

  /**
   * The same drive, whose requests are sent again at most so often, whatever {@link
   * GraphClientBuilder#retries} says. For a caller who has more to do than to wait for one file.
   * Sends nothing.
   *
   * @param limit 0 to 100; with 0, a failure that may pass is thrown at once
   * @return the drive; this one stays as it is
   * @throws IllegalArgumentException if it is out of range
   */
  public Drive withRetries(int limit) {
    GraphClientBuilder.checkRetries(limit);
    return new Drive(http.withAttempts(limit + 1), path, scopes);
  }

  /**
   * Reads the properties of the drive. One request.
   *
   * @return its id, name and quota
   */
  public DriveInfo info() {
    return http.send(toRead("read the drive", path)).read(DriveInfo::fromJson);
  }

  /**
   * Reads the properties of a file or folder. One request.
   *
   * @param ref the item
   * @return its properties
   */
  public DriveItem item(ItemRef ref) {
    return http.send(toRead("read " + ref, at(ref))).read(DriveItem::fromJson);
  }

  /**
   * Lists the contents of a folder.
   *
   * @param folder the folder
   * @return its files and folders, fetched while they are walked
   */
  public Listing<DriveItem> children(ItemRef folder) {
    return children(folder, ListOptions.defaults());
  }

  /**
   * Lists the contents of a folder.
   *
   * @param folder the folder
   * @param options members, order and page size
   * @return its files and folders, fetched while they are walked
   */
  public Listing<DriveItem> children(ItemRef folder, ListOptions options) {
    Integer pageSize = options.pageSize();
    GraphPath listing =
        at(folder)
            .then("children")
            .query(
                "$select", options.select().isEmpty() ? null : String.join(",", options.select()))
            .query("$orderby", options.orderBy())
            .query("$top", pageSize == null ? null : pageSize.toString());
    return list("list " + folder, listing);
  }

  /**
   * Searches names and contents in the whole drive. New files may take a while to be found.
   *
   * @param text the text to search for
   * @return the items found, fetched while they are walked
   */
  public Listing<DriveItem> search(String text) {
    GraphPath search = path.then("root", "search(q='" + text.replace("'", "''") + "')");
    return list("search the drive", search);
  }

  /**
   * Creates a folder. One request, sent again only if Graph certainly did not carry it out.
   *
   * @param parent the parent folder, which must exist
   * @param name its name
   * @return the new folder
   * @throws dev.latchkey.graph.error.Conflict if the name is taken
   */
  public DriveItem createFolder(ItemRef parent, String name) {
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    body.add("folder", new JsonObject());
    body.addProperty(UploadTarget.CONFLICT, UploadTarget.conflict(ConflictBehavior.FAIL));
    GraphCall call =
        GraphCall.post("create the folder " + name, http.uri(at(parent).then("children")));
    return http.send(scopes.toWrite(call).json(body)).read(DriveItem::fromJson);
  }

  /**
   * Renames a file or folder. One request, sent again only if Graph certainly did not carry it out.
   *
   * @param ref the item
   * @param name the new name
   * @return the item
   * @throws dev.latchkey.graph.error.Conflict if the name is taken
   */
  public DriveItem rename(ItemRef ref, String name) {
    return change("rename " + ref, ref, null, name);
  }

  /**
   * Moves a file or folder within the drive. One request, and one more unless the folder is named
   * by its id; the move is sent again only if Graph certainly did not carry it out.
   *
   * @param ref the item
   * @param folder the new parent folder
   * @param name the new name, or null to keep it
   * @return the item
   * @throws dev.latchkey.graph.error.Conflict if the name is taken there
   */
  public DriveItem move(ItemRef ref, ItemRef folder, @Nullable String name) {
    boolean known = !folder.id().isEmpty() && folder.path().isEmpty();
    String id = known ? folder.id() : item(folder).id();
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
    GraphCall call = GraphCall.patch(action, http.uri(at(ref)));
    return http.send(scopes.toWrite(call).json(body)).read(DriveItem::fromJson);
  }

  /**
   * Moves a file, or a folder with its contents, to the recycle bin. Sent again after a lost
   * response; an item that is gone then counts as deleted.
   *
   * @param ref the item
   */
  public void delete(ItemRef ref) {
    delete(ref, null);
  }

  /**
   * Deletes a file or folder if it still has this tag.
   *
   * @param ref the item
   * @param ifMatch its {@link DriveItem#eTag()}; null to delete it in any case
   * @throws dev.latchkey.graph.error.PreconditionFailed if it changed
   */
  public void delete(ItemRef ref, @Nullable String ifMatch) {
    GraphCall call = GraphCall.delete("delete " + ref, http.uri(at(ref)));
    http.send(scopes.toWrite(call).header("If-Match", ifMatch)).requireNothing(DELETED);
  }

  /**
   * Reads a page of the changes since a link was returned. One request. To follow a drive, store
   * the link of each page once its items are processed:
   *
   * <pre>{@code
   * DeltaPage page;
   * do {
   *   page = drive.delta(stored.read()); // null the first time
   *   page.items().forEach(this::apply);
   *   stored.write(page.link());
   * } while (!page.isLast());
   * }</pre>
   *
   * @param link the link of an earlier page, or {@link
   *     dev.latchkey.graph.error.ResyncRequired#restartLink()}; null to start with the present
   *     contents
   * @return the changes in their order
   * @throws dev.latchkey.graph.error.ResyncRequired if the link is too old: start anew
   * @throws dev.latchkey.graph.error.MalformedAnswer if the links lead in a circle
   * @throws IllegalArgumentException if the link leads anywhere but to Graph
   */
  public DeltaPage delta(@Nullable String link) {
    URI uri = link == null ? http.uri(path.then("root", "delta")) : http.link(link);
    if (uri == null) {
      throw new IllegalArgumentException("not a delta link of this Graph");
    }
    return delta(uri);
  }

  /**
   * Returns a link for later changes only. One request.
   *
   * @return a page without items
   */
  public DeltaPage deltaFromNow() {
    return delta(http.uri(path.then("root", "delta").query("token", "latest")));
  }

  private DeltaPage delta(URI uri) {
    GraphCall call = scopes.toRead(GraphCall.get("read the changes of the drive", uri));
    GraphResponse response;
    try {
      response = http.send(call);
    } catch (ResyncRequired e) {
      throw usable(e);
    }
    List<DriveItem> items = response.readAll("value", DriveItem::fromJson);
    String next = link(response, "@odata.nextLink");
    String delta = link(response, "@odata.deltaLink");
    if (next != null) {
      URI following = http.link(next);
      if (following != null && http.isCircle(uri, following)) {
        throw response.malformed("a next page that came before");
      }
      return new DeltaPage(items, next, false);
    }
    if (delta == null) {
      throw response.malformed("neither a next link nor a delta link");
    }
    return new DeltaPage(items, delta, true);
  }

  private @Nullable String link(GraphResponse response, String name) {
    String link = response.link(name);
    if (link != null && http.link(link) == null) {
      throw response.malformed("an " + name + " that does not lead to Graph");
    }
    return link;
  }

  /** Removes a link that cannot be used: the caller then starts anew without one. */
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
   * @param ref the file
   * @param target the destination
   * @return the downloaded version of the file
   */
  public DriveItem download(ItemRef ref, Path target) {
    return download(ref, target, Progress.NONE);
  }

  /**
   * Downloads a file. The bytes go to {@code NAME.part} beside the target, which only its owner can
   * read, and which replaces the target once it is complete and has the hash that Graph reports.
   * After an interrupt or a crash the same call resumes the download, unless the file has changed;
   * {@code NAME.part.version} records the version of the part. A {@code NAME} of more than 100
   * bytes is shortened there, so that any name that the disk permits can be downloaded. Only the
   * owner can read a new target; a replaced one keeps its permissions.
   *
   * @param ref the file
   * @param target the destination; its directory must exist
   * @param progress receives the progress of the download
   * @return the downloaded version of the file
   * @throws dev.latchkey.graph.error.MalformedAnswer if the bytes do not have the size or the hash
   *     that Graph reports, also when they are requested once more, or if a web page or JSON came
   *     instead. Only the size of an Office file or a photo may differ a little, because SharePoint
   *     and OneDrive rewrite those; any other file whose size Graph reports too small is refused,
   *     even if its hash is right
   * @throws java.io.UncheckedIOException if, for example, the disk is full or another download
   *     writes the same part
   */
  public DriveItem download(ItemRef ref, Path target, Progress progress) {
    try {
      return downloadOf(ref, progress).toFile(target);
    } catch (IOException e) {
      throw local(e);
    }
  }

  /**
   * Downloads a file to a stream. See {@link #download(ItemRef, OutputStream, Progress)}.
   *
   * @param ref the file
   * @param target the destination
   * @return the downloaded version of the file
   */
  public DriveItem download(ItemRef ref, OutputStream target) {
    return download(ref, target, Progress.NONE);
  }

  /**
   * Downloads a file to a stream. Resumes after a broken connection.
   *
   * @param ref the file
   * @param target the destination; flushed, not closed
   * @param progress receives the progress of the download
   * @return the downloaded version of the file
   * @throws dev.latchkey.graph.error.PreconditionFailed if the file changed in between: discard
   *     what was written
   * @throws dev.latchkey.graph.error.MalformedAnswer if the bytes do not have the size or the hash
   *     that Graph reports, as for {@link #download(ItemRef, Path, Progress)}
   * @throws java.io.UncheckedIOException if the stream fails
   */
  public DriveItem download(ItemRef ref, OutputStream target, Progress progress) {
    try {
      return downloadOf(ref, progress).toStream(target);
    } catch (IOException e) {
      throw local(e);
    }
  }

  private FileDownload downloadOf(ItemRef ref, Progress progress) {
    DriveItem item = item(ref);
    return new FileDownload(http, scopes, at(item.ref()), item, ref.toString(), progress);
  }

  /**
   * Uploads a file, replacing an existing one. See {@link #upload(Path, ItemRef, UploadOptions)}.
   *
   * @param file the local file
   * @param target the destination
   * @return the stored item
   */
  public DriveItem upload(Path file, ItemRef target) {
    return upload(file, target, UploadOptions.defaults());
  }

  /**
   * Uploads a file: up to 4 MiB in one request, a larger one in slices. After a failure the upload
   * asks Graph how far it got and continues from there; with a {@linkplain
   * UploadOptions#checkpoint(Path) checkpoint} another process can, too. If the last response was
   * lost, it checks whether the file arrived, so nothing is stored twice.
   *
   * @param file the local file; must not change during the upload
   * @param target the destination: {@code ItemRef.path("Reports/q3.pdf")}, {@code
   *     folder.ref().child("q3.pdf")}, or the id of an existing file. SharePoint and OneDrive
   *     create missing folders
   * @param options slices, checkpoint, conflicts, progress
   * @return the stored item
   * @throws SourceChanged if the file changed during the upload. Nothing was stored, except where
   *     the message of a resumed upload says so
   * @throws dev.latchkey.graph.error.Conflict if the name is taken and must not be replaced, or the
   *     existing file is locked
   * @throws dev.latchkey.graph.error.PreconditionFailed if {@code ifMatch} does not match
   * @throws dev.latchkey.graph.error.QuotaExceeded if there is no space left; with a checkpoint the
   *     upload can be resumed when there is
   * @throws dev.latchkey.graph.error.MalformedAnswer if Graph says that it stored something else:
   *     fewer bytes, or bytes with another hash. A file that may be replaced is sent again first
   * @throws dev.latchkey.graph.error.OutcomeUnknown if the last response was lost and the file may
   *     have been stored under another name, or Graph cannot be asked whether it arrived
   * @throws java.io.UncheckedIOException if the file cannot be read or the checkpoint not written
   * @throws IllegalArgumentException if the target is the root
   */
  public DriveItem upload(Path file, ItemRef target, UploadOptions options) {
    if (target.equals(ItemRef.root())) {
      throw new IllegalArgumentException("the root is not a file");
    }
    UploadTarget place = new UploadTarget(http, at(target), target.toString(), scopes, options);
    try (SourceFile source = SourceFile.open(file)) {
      return SmallUpload.fits(source)
          ? new SmallUpload(place, source).run()
          : new SlicedUpload(place, source).run();
    } catch (IOException e) {
      throw local(e);
    }
  }

  /** Maps the failure of a local file, or the end by an interrupt. */
  private static RuntimeException local(IOException failure) {
    return failure instanceof ClosedByInterruptException
        ? Waits.interrupted(failure)
        : new UncheckedIOException(failure.getMessage(), failure);
  }

  private Listing<DriveItem> list(String action, GraphPath where) {
    GraphCall first = toRead(action, where);
    return () -> new PageIterator<>(http, first, DriveItem::fromJson);
  }

  private GraphPath at(ItemRef ref) {
    GraphPath start = ref.id().isEmpty() ? path.then("root") : path.then("items", ref.id());
    return start.beneath(ref.path());
  }

  private GraphCall toRead(String action, GraphPath where) {
    return scopes.toRead(GraphCall.get(action, http.uri(where)));
  }

  /** The path of the drive. */
  @Override
  public String toString() {
    return "Drive[" + path + "]";
  }
}
