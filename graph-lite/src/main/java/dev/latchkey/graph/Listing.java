package dev.latchkey.graph;

import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A listing that is fetched page by page while it is walked. Creating one sends nothing. A page is
 * read completely before its first element is returned, so no connection stays open while the
 * caller works on an element. Each walk starts anew. Threads may share a listing, but not a walk.
 *
 * <p>{@code hasNext()} blocks where a page ends, for one request with its retries, and throws what
 * any call throws: {@link dev.latchkey.graph.error.GraphException} and {@link
 * dev.latchkey.error.LatchkeyException}. After such an exception the same walk may continue: the
 * next {@code hasNext()} requests the same page again. An interrupt ends the wait with a {@link
 * java.util.concurrent.CancellationException}.
 *
 * <pre>{@code
 * List<DriveItem> first = drive.children(ItemRef.path("Reports")).stream().limit(10).toList();
 * }</pre>
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface Listing<T> extends Iterable<T> {

  /**
   * Starts a lazy walk as a stream, ordered and sequential. It holds nothing that must be closed.
   *
   * @return a new walk
   */
  default Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * Fetches all elements. Blocks for as many requests as there are pages.
   *
   * @return all elements, unmodifiable
   */
  default List<T> toList() {
    return stream().toList();
  }
}
