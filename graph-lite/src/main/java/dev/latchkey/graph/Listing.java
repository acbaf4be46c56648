package dev.latchkey.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * A listing that is fetched page by page while it is walked. Making one sends nothing. A page is
 * read whole before its first element is handed out, so that nothing stays open while the caller
 * works on one. Each walk begins anew. The listing may be shared by threads, a walk may not.
 *
 * <p>{@code hasNext()} blocks where a page ends, for one request with its retries, and throws what
 * any call throws: {@link dev.latchkey.graph.error.GraphException} and {@link
 * dev.latchkey.error.LatchkeyException}. After such an exception the same walk may go on: the next
 * {@code hasNext()} asks for the same page again. An interrupt ends the wait with a {@link
 * java.util.concurrent.CancellationException}.
 *
 * @param <T> what is listed
 */
public interface Listing<T> extends Iterable<T> {

  /**
   * A lazy walk as a stream, ordered, sequential. It holds nothing that would have to be closed.
   *
   * @return a new walk
   */
  Stream<T> stream();

  /**
   * Fetches all of it. Blocks for as many requests as there are pages.
   *
   * @return all elements, unmodifiable
   */
  default List<T> toList() {
    return stream().toList();
  }
}
