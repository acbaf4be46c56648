package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drives and their items, but for what is in the files. */
final class DriveHandler {

  private static final Map<String, Comparator<Item>> ORDERS =
      Map.of(
          "name",
          Comparator.comparing((Item item) -> item.name, String.CASE_INSENSITIVE_ORDER),
          "size",
          Comparator.comparingLong(Item::size),
          "lastmodifieddatetime",
          Comparator.comparing((Item item) -> item.modified));

  private final Drives drives;
  private final Links links;

  DriveHandler(Drives drives, Links links) {
    this.drives = drives;
    this.links = links;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", Drives.DRIVE, this::drive),
        Route.of("GET", Drives.ITEM, this::item),
        Route.of("PATCH", Drives.ITEM, this::update),
        Route.of("DELETE", Drives.ITEM, this::delete),
        Route.of("GET", Drives.ITEM + "/children", this::children),
        Route.of("POST", Drives.ITEM + "/children", this::createFolder),
        Route.of("GET", Drives.DRIVE + "(?:/root)?/search\\(q='(?<q>.*)'\\)", this::search));
  }

  private GraphAnswer drive(Call call) {
    return GraphAnswer.json(200, Select.of(call).apply(ItemJson.drive(drives.toRead(call))));
  }

  private GraphAnswer item(Call call) {
    Drive drive = drives.toRead(call);
    synchronized (drive) {
      Item item = Drives.item(call, drive);
      String known = call.header("If-None-Match");
      if (known != null && (known.equals(item.eTag()) || known.equals(item.cTag()))) {
        return GraphAnswer.empty(304);
      }
      JsonObject json = ItemJson.item(drive, item);
      if (!item.isFolder()) {
        json.addProperty(ItemJson.DOWNLOAD_URL, links.download(drive, item, false));
      }
      return GraphAnswer.json(200, Select.of(call).apply(json));
    }
  }

  private GraphAnswer children(Call call) {
    Drive drive = drives.toRead(call);
    synchronized (drive) {
      Item folder = Drives.folder(call, drive);
      Stream<Item> items =
          drive.children(folder).from(Page.position(call), order(call.query("$orderby")));
      return Page.of(call, items.map(item -> ItemJson.item(drive, item)), 200);
    }
  }

  private static Comparator<Item> order(@Nullable String orderBy) {
    String[] words = (orderBy == null ? "name" : orderBy).trim().split("\\s+", -1);
    Comparator<Item> order = ORDERS.get(words[0].toLowerCase(Locale.ROOT));
    boolean descending = words.length == 2 && words[1].equalsIgnoreCase("desc");
    if (order == null
        || words.length > 2
        || (words.length == 2 && !descending && !words[1].equalsIgnoreCase("asc"))) {
      throw GraphFailure.invalidRequest("$orderby is not supported: " + orderBy);
    }
    return descending ? order.reversed() : order;
  }

  private GraphAnswer createFolder(Call call) {
    Drive drive = drives.toWrite(call);
    JsonObject body = call.json();
    String name = Json.string(body, "name");
    if (name == null || Json.object(body, "folder") == null) {
      throw GraphFailure.invalidRequest("A new folder needs a name and the folder facet.");
    }
    Conflict conflict = Conflict.of(call, body, Conflict.FAIL);
    synchronized (drive) {
      Item parent = Drives.folder(call, drive);
      Predicate<String> taken = other -> drive.child(parent, other) != null;
      if (taken.test(name) && conflict != Conflict.RENAME) {
        throw GraphFailure.nameExists(name);
      }
      Item folder = drive.create(parent, Names.free(name, taken), null);
      return GraphAnswer.json(201, ItemJson.item(drive, folder));
    }
  }

  /** Renames, moves, or both. */
  private GraphAnswer update(Call call) {
    Drive drive = drives.toWrite(call);
    JsonObject body = call.json();
    synchronized (drive) {
      Item item = Drives.item(call, drive);
      Drives.checkMatch(call, item);
      JsonObject reference = Json.object(body, "parentReference");
      String parentId = reference == null ? null : Json.string(reference, "id");
      Item folder = parentId == null ? item.parent : drive.get(parentId);
      if (folder == null || !folder.isFolder()) {
        throw GraphFailure.invalidRequest("There is no folder to move the item to.");
      }
      String name = Json.string(body, "name");
      Item moved = drive.move(item, folder, name == null ? item.name : name);
      return GraphAnswer.json(200, ItemJson.item(drive, moved));
    }
  }

  private GraphAnswer delete(Call call) {
    Drive drive = drives.toWrite(call);
    synchronized (drive) {
      Item item = Drives.item(call, drive);
      Drives.checkMatch(call, item);
      drive.delete(item);
      return GraphAnswer.empty(204);
    }
  }

  private GraphAnswer search(Call call) {
    Drive drive = drives.toRead(call);
    String wanted = call.id("q").replace("''", "'").toLowerCase(Locale.ROOT);
    synchronized (drive) {
      Stream<Item> found =
          drive.all().stream()
              .flatMap(
                  item ->
                      item.many == null
                          ? Stream.of(item)
                          : Stream.concat(Stream.of(item), item.many.from(0)))
              .filter(item -> item.parent != null)
              .filter(item -> item.name.toLowerCase(Locale.ROOT).contains(wanted));
      return Page.of(
          call, found.skip(Page.position(call)).map(item -> ItemJson.item(drive, item)), 200);
    }
  }
}
