package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a folder is listed. Immutable; each method returns a changed copy. */
public final class ListOptions {

  private static final int LARGEST_PAGE = 1000;
  private static final ListOptions DEFAULTS = new ListOptions(null, null, null);

  private final @Nullable String select;
  private final @Nullable String orderBy;
  private final @Nullable Integer pageSize;

  private ListOptions(
      @Nullable String select, @Nullable String orderBy, @Nullable Integer pageSize) {
    this.select = select;
    this.orderBy = orderBy;
    this.pageSize = pageSize;
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
   * Asks for some members only, which makes large listings smaller. The id always comes along.
   *
   * @param members Graph's names, such as {@code name}, {@code size}, {@code file}
   * @return the changed options
   */
  public ListOptions select(String... members) {
    Set<String> wanted = new LinkedHashSet<>(List.of(members));
    wanted.add("id");
    return new ListOptions(String.join(",", wanted), orderBy, pageSize);
  }

  /**
   * Asks for an order.
   *
   * @param member Graph's name, with {@code desc} behind it or not: {@code name}, {@code size
   *     desc}. OneDrive and SharePoint order by name, size and lastModifiedDateTime
   * @return the changed options
   */
  public ListOptions orderBy(String member) {
    return new ListOptions(select, member, pageSize);
  }

  /**
   * How many items are fetched, and held in memory, at a time.
   *
   * @param items 1 to 1000; Graph's default is 200
   * @return the changed options
   * @throws IllegalArgumentException if it is out of range
   */
  public ListOptions pageSize(int items) {
    if (items < 1 || items > LARGEST_PAGE) {
      throw new IllegalArgumentException("the page size must be 1 to 1000");
    }
    return new ListOptions(select, orderBy, items);
  }

  Route applyTo(Route listing) {
    return listing
        .query("$select", select)
        .query("$orderby", orderBy)
        .query("$top", pageSize == null ? null : pageSize.toString());
  }
}
