package dev.latchkey.examples.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the mirror has to contain, and what it cannot contain. An item that is left out takes
 * everything in it along.
 */
final class WantedTree {

  private final Map<String, List<DriveEntry>> contents = new HashMap<>();
  private final Map<String, DriveEntry> byPath = new TreeMap<>();
  private final Map<String, String> leftOut = new TreeMap<>();
  private final Set<String> rivals = new HashSet<>();

  /**
   * Creates one.
   *
   * @param all the items of the drive, the latest ones last
   * @param rootId the id of the mirrored folder
   */
  WantedTree(Collection<DriveEntry> all, String rootId) {
    for (DriveEntry item : all) {
      if (item.parentId() != null && !item.id().equals(rootId)) {
        contents.computeIfAbsent(item.parentId(), id -> new ArrayList<>()).add(item);
      }
    }
    Deque<Map.Entry<String, String>> folders = new ArrayDeque<>();
    folders.add(Map.entry(rootId, ""));
    while (!folders.isEmpty()) {
      Map.Entry<String, String> folder = folders.remove();
      for (DriveEntry item : inFolder(folder.getKey(), folder.getValue())) {
        String path = folder.getValue() + item.name();
        String problem = problem(path, item.name());
        if (problem != null) {
          leftOut.put(path, problem);
          continue;
        }
        byPath.put(path, item);
        if (item.folder()) {
          folders.add(Map.entry(item.id(), path + "/"));
        } else {
          for (DriveEntry inFile : contents.getOrDefault(item.id(), List.of())) {
            leftOut.put(path + "/" + inFile.name(), "it lies in a file, not in a folder");
          }
        }
      }
    }
  }

  /** The items to mirror by path, folders before their contents. */
  Map<String, DriveEntry> byPath() {
    return byPath;
  }

  /** The paths of the items that no file of this machine can be, with the reason. */
  Map<String, String> leftOut() {
    return leftOut;
  }

  /** The ids of all items that have the same path as another one. */
  Set<String> rivals() {
    return rivals;
  }

  /** The contents of a folder, one for each name. */
  private Collection<DriveEntry> inFolder(String id, String around) {
    Map<String, DriveEntry> byName = new TreeMap<>();
    for (DriveEntry item : contents.getOrDefault(id, List.of())) {
      DriveEntry other = byName.get(item.name());
      if (other != null) {
        rivals.add(other.id());
        rivals.add(item.id());
        leftOut.put(around + item.name(), "another item of the drive has the same name");
      }
      // A folder counts more than a file, because others are in it, and then the latest item.
      if (other == null || item.folder() || !other.folder()) {
        byName.put(item.name(), item);
      }
    }
    return byName.values();
  }

  private static @Nullable String problem(String path, String name) {
    return path.equals(name) && LocalNames.isOwn(name)
        ? "the name is that of the mirror's own directory"
        : LocalNames.problem(name);
  }
}
