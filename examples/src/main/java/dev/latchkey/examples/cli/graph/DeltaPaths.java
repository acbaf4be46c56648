package dev.latchkey.examples.cli.graph;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.GraphException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of changed items, as {@code graph ls} and {@code graph get} take them. In deltas Graph
 * leaves out the path of some items: a folder that is not among the changes is then asked for,
 * once.
 */
final class DeltaPaths {

  private static final String ROOT = "";

  private final Drive drive;

  /** The path of each folder by its id; null if it cannot be found out. */
  private final Map<String, @Nullable String> folders = new HashMap<>();

  DeltaPaths(Drive drive) {
    this.drive = drive;
  }

  /** The path; of an item that is gone with its folder, only what is known of its name. */
  String of(DriveItem item) {
    String path = path(item);
    if (path == null) {
      return item.name() == null ? item.id() : item.name();
    }
    if (item.isFolder() && !item.deleted()) {
      folders.put(item.id(), path);
    }
    return path.isEmpty() ? "/" : path;
  }

  private @Nullable String path(DriveItem item) {
    DriveItem.Parent parent = item.parent();
    String known = GraphEvents.path(item);
    if (known.startsWith("/")) {
      return known;
    } else if (parent == null || parent.id() == null) {
      return item.deleted() ? null : ROOT;
    }
    String folder = folder(parent.id());
    return folder == null || item.name() == null ? null : folder + "/" + item.name();
  }

  private @Nullable String folder(String id) {
    if (!folders.containsKey(id)) {
      folders.put(id, asked(id));
    }
    return folders.get(id);
  }

  private @Nullable String asked(String id) {
    try {
      DriveItem folder = drive.item(ItemRef.id(id));
      String path = GraphEvents.path(folder);
      boolean isRoot = folder.parent() == null || folder.parent().id() == null;
      return path.startsWith("/") ? path : isRoot ? ROOT : null;
    } catch (GraphException e) { // it is gone, too, and the list goes on without its path
      return null;
    }
  }
}
