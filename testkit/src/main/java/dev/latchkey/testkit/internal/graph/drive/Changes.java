package dev.latchkey.testkit.internal.graph.drive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last change of each item of a drive. An item that changes while a client pages through the
 * changes moves to the end, so that the client misses nothing.
 */
final class Changes {

  private final TreeMap<Long, StoredItem> items = new TreeMap<>();
  private final List<ManyItems> many = new ArrayList<>();
  private long last;

  long last() {
    return last;
  }

  void add(StoredItem item) {
    items.remove(item.change, item);
    item.change = ++last;
    items.put(item.change, item);
  }

  ManyItems addMany(StoredItem folder, int count, Instant created) {
    ManyItems added = new ManyItems(folder, count, last + 1, created);
    last += count;
    many.add(added);
    return added;
  }

  void drop(ManyItems dropped) {
    many.remove(dropped);
  }

  /**
   * The next changes.
   *
   * @param after the change before the first
   * @param deletedAfter earlier deletions are left out, since the client never saw the items
   */
  List<StoredItem> next(long after, long deletedAfter, int count) {
    List<StoredItem> found = new ArrayList<>();
    long position = after;
    for (StoredItem next = next(position);
        next != null && found.size() < count;
        next = next(position)) {
      position = next.change;
      if (!next.deleted || next.change > deletedAfter) {
        found.add(next);
      }
    }
    return found;
  }

  private @Nullable StoredItem next(long position) {
    Map.Entry<Long, StoredItem> entry = items.higherEntry(position);
    StoredItem first = entry == null ? null : entry.getValue();
    for (ManyItems each : many) {
      StoredItem candidate = each.changedAfter(position);
      if (candidate != null && (first == null || candidate.change < first.change)) {
        first = candidate;
      }
    }
    return first;
  }
}
