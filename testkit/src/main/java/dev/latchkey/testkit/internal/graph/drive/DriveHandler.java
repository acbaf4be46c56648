package dev.latchkey.testkit.internal.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.Page;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.call.Select;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drives and their items, except the content of files. */
public final class DriveHandler {

  private static final Map<String, Comparator<StoredItem>> ORDERS =
      Map.of(
          "name",
          Comparator.comparing((StoredItem item) -> item.name, String.CASE_INSENSITIVE_ORDER),
          "size",
          Comparator.comparingLong(StoredItem::size),
          "lastmodifieddatetime",
          Comparator.comparing((StoredItem item) -> item.modified));

  private static final String SEARCH = "/(?:microsoft\\.graph\\.)?search\\(q='(?<q>.*)'\\)";

  private final DriveAccess drives;
  private final DownloadLinks links;

  public DriveHandler(DriveAccess drives, DownloadLinks links) {
    this.drives = drives;
    this.links = links;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of("GET", DriveAccess.DRIVE, this::drive),
        GraphRoute.of("GET", DriveAccess.ITEM, this::item),
        GraphRoute.of("PATCH", DriveAccess.ITEM, this::update),
        GraphRoute.of("DELETE", DriveAccess.ITEM, this::delete),
        GraphRoute.of("GET", DriveAccess.ITEM + "/children", this::children),
        GraphRoute.of("POST", DriveAccess.ITEM + "/children", this::createFolder),
        GraphRoute.of("GET", DriveAccess.DRIVE + SEARCH, call -> search(call, false)),
        GraphRoute.of("GET", DriveAccess.ITEM + SEARCH, call -> search(call, true)));
  }

  private HttpAnswer drive(RoutedCall call) {
    return HttpAnswer.json(200, Select.of(call).apply(DriveJson.drive(drives.toRead(call))));
  }

  private HttpAnswer item(RoutedCall call) {
    StoredDrive drive = drives.toRead(call);
    synchronized (drive) {
      StoredItem item = DriveAccess.item(call, drive);
      String known = call.header("If-None-Match");
      if (known != null && (known.equals(item.eTag()) || known.equals(item.cTag()))) {
        return HttpAnswer.empty(304);
      }
      JsonObject json = DriveJson.item(drive, item);
      if (!item.isFolder()) {
        json.addProperty(DriveJson.DOWNLOAD_URL, links.download(drive, item, false));
      }
      return HttpAnswer.json(200, Select.of(call).apply(json));
    }
  }

  private HttpAnswer children(RoutedCall call) {
    StoredDrive drive = drives.toRead(call);
    synchronized (drive) {
      StoredItem folder = DriveAccess.folder(call, drive);
      Stream<StoredItem> items =
          drive.children(folder).from(Page.position(call), order(call.query("$orderby")));
      return Page.of(call, items.map(item -> DriveJson.item(drive, item)), 200);
    }
  }

  private static Comparator<StoredItem> order(@Nullable String orderBy) {
    String[] words = (orderBy == null ? "name" : orderBy).trim().split("\\s+", -1);
    Comparator<StoredItem> order = ORDERS.get(words[0].toLowerCase(Locale.ROOT));
    boolean descending = words.length == 2 && words[1].equalsIgnoreCase("desc");
    if (order == null
        || words.length > 2
        || (words.length == 2 && !descending && !words[1].equalsIgnoreCase("asc"))) {
      throw GraphFailure.invalidRequest("$orderby is not supported: " + orderBy);
    }
    return descending ? order.reversed() : order;
  }

  private HttpAnswer createFolder(RoutedCall call) {
    StoredDrive drive = drives.toWrite(call);
    JsonObject body = call.json();
    String name = JsonMembers.string(body, "name");
    if (name == null || JsonMembers.object(body, "folder") == null) {
      throw GraphFailure.invalidRequest("A new folder needs a name and the folder facet.");
    }
    NameConflict conflict = NameConflict.of(call, body, NameConflict.FAIL);
    synchronized (drive) {
      StoredItem parent = DriveAccess.folder(call, drive);
      Predicate<String> taken = other -> drive.child(parent, other) != null;
      if (taken.test(name) && conflict != NameConflict.RENAME) {
        throw GraphFailure.nameExists(name);
      }
      StoredItem folder = drive.create(parent, ItemNames.free(name, taken), null);
      return HttpAnswer.json(201, DriveJson.item(drive, folder));
    }
  }

  /** Renames, moves, or both. */
  private HttpAnswer update(RoutedCall call) {
    StoredDrive drive = drives.toWrite(call);
    JsonObject body = call.json();
    synchronized (drive) {
      StoredItem item = DriveAccess.item(call, drive);
      DriveAccess.checkMatch(call, item);
      JsonObject reference = JsonMembers.object(body, "parentReference");
      String parentId = reference == null ? null : JsonMembers.string(reference, "id");
      StoredItem folder = parentId == null ? item.parent : drive.get(parentId);
      if (folder == null || !folder.isFolder()) {
        throw GraphFailure.invalidRequest("There is no folder to move the item to.");
      }
      String name = JsonMembers.string(body, "name");
      StoredItem moved = drive.move(item, folder, name == null ? item.name : name);
      return HttpAnswer.json(200, DriveJson.item(drive, moved));
    }
  }

  private HttpAnswer delete(RoutedCall call) {
    StoredDrive drive = drives.toWrite(call);
    synchronized (drive) {
      StoredItem item = DriveAccess.item(call, drive);
      DriveAccess.checkMatch(call, item);
      drive.delete(item);
      return HttpAnswer.empty(204);
    }
  }

  private static boolean isBelow(StoredItem item, StoredItem top) {
    StoredItem folder = item.parent;
    while (folder != null && folder != top) {
      folder = folder.parent;
    }
    return folder != null;
  }

  private HttpAnswer search(RoutedCall call, boolean below) {
    StoredDrive drive = drives.toRead(call);
    String wanted = call.id("q").replace("''", "'").toLowerCase(Locale.ROOT);
    synchronized (drive) {
      StoredItem top = below ? DriveAccess.folder(call, drive) : drive.root();
      Stream<StoredItem> found =
          drive.all().stream()
              .flatMap(
                  item ->
                      item.many == null
                          ? Stream.of(item)
                          : Stream.concat(Stream.of(item), item.many.from(0)))
              .filter(item -> isBelow(item, top))
              .filter(item -> item.name.toLowerCase(Locale.ROOT).contains(wanted));
      return Page.of(
          call, found.skip(Page.position(call)).map(item -> DriveJson.item(drive, item)), 200);
    }
  }
}
