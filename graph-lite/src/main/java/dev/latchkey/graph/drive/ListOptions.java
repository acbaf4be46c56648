package dev.latchkey.graph.drive;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a folder is listed. Immutable; each method that takes an argument returns a changed copy.
 *
 * @param select the members to fetch; empty for all
 * @param orderBy the order; null for Graph's own
 * @param pageSize how many items one request fetches, 1 to 1000; null for Graph's own
 * @see dev.latchkey.graph.Listing
 */
public record ListOptions(
    Set<String> select, @Nullable String orderBy, @Nullable Integer pageSize) {

  private static final int MAX_PAGE_SIZE = 1000;
  private static final ListOptions DEFAULTS = new ListOptions(Set.of(), null, null);

  /**
   * Creates options.
   *
   * @param select the members to fetch
   * @param orderBy the order
   * @param pageSize how many items one request fetches
   * @throws IllegalArgumentException if the page size is out of range
   */
  public ListOptions {
    if (pageSize != null && (pageSize < 1 || pageSize > MAX_PAGE_SIZE)) {
      throw new IllegalArgumentException("the page size must be 1 to 1000");
    }
    select = Collections.unmodifiableSet(new LinkedHashSet<>(select));
  }

  /**
   * All members, in Graph's own order and page size.
   *
   * @return the defaults
   */
  public static ListOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Fetches some members only, which makes large listings smaller. The id is always among them.
   *
   * @param members Graph's names, such as {@code name}, {@code size}, {@code file}
   * @return the changed options
   */
  public ListOptions select(String... members) {
    Set<String> wanted = new LinkedHashSet<>(List.of(members));
    wanted.add("id");
    return new ListOptions(wanted, orderBy, pageSize);
  }

  /**
   * Sets the order.
   *
   * @param member Graph's name, optionally followed by {@code desc}: {@code name}, {@code size
   *     desc}. OneDrive and SharePoint order by name, size and lastModifiedDateTime
   * @return the changed options
   */
  public ListOptions orderBy(String member) {
    return new ListOptions(select, member, pageSize);
  }

  /**
   * Sets how many items are fetched, and held in memory, at a time.
   *
   * @param items 1 to 1000; Graph's default is 200
   * @return the changed options
   * @throws IllegalArgumentException if it is out of range
   */
  public ListOptions pageSize(int items) {
    return new ListOptions(select, orderBy, items);
  }
}
