package dev.latchkey.testkit.internal.graph.drive;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items in a folder at one moment. */
public record Children(List<StoredItem> real, @Nullable ManyItems many) {

  /** The items from this index on. Generated ones are sorted by name, whatever the order is. */
  public Stream<StoredItem> from(int position, Comparator<StoredItem> order) {
    Stream<StoredItem> first = real.stream().sorted(order).skip(position);
    return many == null
        ? first
        : Stream.concat(first, many.from(Math.max(0, position - real.size())));
  }

  int count() {
    return real.size() + (many == null ? 0 : many.left());
  }
}
