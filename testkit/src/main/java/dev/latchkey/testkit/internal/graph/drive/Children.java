package dev.latchkey.testkit.internal.graph.drive;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is in a folder at one moment, by name. */
public record Children(List<StoredItem> real, @Nullable ManyItems many) {

  /** From one on; very many of them keep the order of their names whatever is asked for. */
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
