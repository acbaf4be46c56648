package dev.latchkey.testkit.internal.graph.drive;

import java.time.Instant;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Generated files of a folder, each of which exists only while it is looked at. A file that changes
 * becomes a stored one and leaves this set.
 */
final class ManyItems {

  private static final int BYTES_EACH = 1000;

  private final StoredItem folder;
  private final int count;
  private final long firstChange;
  private final Instant created;
  private final BitSet gone = new BitSet();

  ManyItems(StoredItem folder, int count, long firstChange, Instant created) {
    this.folder = folder;
    this.count = count;
    this.firstChange = firstChange;
    this.created = created;
  }

  int left() {
    return count - gone.cardinality();
  }

  long size() {
    return (long) left() * BYTES_EACH;
  }

  /** The files from this index on, sorted by name. */
  Stream<StoredItem> from(int position) {
    IntStream indexes =
        gone.isEmpty()
            ? IntStream.range(Math.min(position, count), count)
            : IntStream.range(0, count).filter(index -> !gone.get(index)).skip(position);
    return indexes.mapToObj(this::at);
  }

  @Nullable StoredItem byId(String id) {
    String prefix = folder.id + "!";
    return id.startsWith(prefix) ? byNumber(id.substring(prefix.length())) : null;
  }

  @Nullable StoredItem byName(String name) {
    return name.matches("item-\\d{6,9}\\.txt")
        ? byNumber(name.substring(5, name.length() - 4))
        : null;
  }

  private @Nullable StoredItem byNumber(String number) {
    int index = number.matches("\\d{1,9}") ? Integer.parseInt(number) : count;
    return index < count && !gone.get(index) ? at(index) : null;
  }

  /** The first file with a later change, or null. */
  @Nullable StoredItem changedAfter(long change) {
    int index = gone.nextClearBit((int) Math.max(0, Math.min(count, change + 1 - firstChange)));
    return index < count ? at(index) : null;
  }

  /** Removes a file from this set: it is stored now. */
  void release(StoredItem item) {
    gone.set(Math.toIntExact(item.change - firstChange));
  }

  private StoredItem at(int index) {
    StoredItem item =
        new StoredItem(
            folder.id + "!" + index,
            "item-%06d.txt".formatted(index),
            folder,
            new GeneratedBytes(index, BYTES_EACH),
            created);
    item.change = firstChange + index;
    return item;
  }
}
