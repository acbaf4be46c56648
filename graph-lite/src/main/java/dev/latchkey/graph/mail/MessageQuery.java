package dev.latchkey.graph.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to list, and which members of them. Immutable; each method that takes an argument
 * returns a changed copy. The expressions are OData's, unencoded.
 *
 * <pre>{@code
 * MessageQuery unread =
 *     MessageQuery.inFolder("inbox").filter("isRead eq false").select("subject", "from").pageSize(50);
 * }</pre>
 *
 * @param folder the folder; null for all
 * @param filter the condition; null for none
 * @param select the members to fetch; empty for all
 * @param orderBy the order; null for Graph's own
 * @param pageSize how many messages one request fetches, 1 to 1000; null for Graph's own
 * @see <a href="https://learn.microsoft.com/graph/api/user-list-messages">List messages</a>
 */
public record MessageQuery(
    @Nullable String folder,
    @Nullable String filter,
    List<String> select,
    @Nullable String orderBy,
    @Nullable Integer pageSize) {

  private static final int MAX_PAGE_SIZE = 1000;

  /**
   * Creates a query.
   *
   * @param folder as for {@link #inFolder}, or null
   * @param filter as for {@link #filter(String)}, or null
   * @param select the members to fetch
   * @param orderBy as for {@link #orderBy(String)}, or null
   * @param pageSize as for {@link #pageSize(int)}, or null
   * @throws IllegalArgumentException if the page size is out of range
   */
  public MessageQuery {
    if (pageSize != null && (pageSize < 1 || pageSize > MAX_PAGE_SIZE)) {
      throw new IllegalArgumentException("a page has 1 to 1000 messages, not " + pageSize);
    }
    select = List.copyOf(select);
  }

  /**
   * All messages, in all folders.
   *
   * @return a query without a filter, with Graph's page size of 10
   */
  public static MessageQuery all() {
    return new MessageQuery(null, null, List.of(), null, null);
  }

  /**
   * The messages of one folder.
   *
   * @param folder its id, or one of the well-known names such as {@code inbox}, {@code drafts} and
   *     {@code sentitems}
   * @return a query without a filter, with Graph's page size of 10
   */
  public static MessageQuery inFolder(String folder) {
    return new MessageQuery(folder, null, List.of(), null, null);
  }

  /**
   * Sets a condition.
   *
   * @param expression such as {@code isRead eq false and importance eq 'high'}. A quote within a
   *     quoted text is doubled
   * @return the changed query
   */
  public MessageQuery filter(String expression) {
    return new MessageQuery(folder, expression, select, orderBy, pageSize);
  }

  /**
   * Fetches some members only, which is faster. The id is always among them.
   *
   * @param members such as {@code subject}
   * @return the changed query
   */
  public MessageQuery select(String... members) {
    return new MessageQuery(folder, filter, List.of(members), orderBy, pageSize);
  }

  /**
   * Sets the order.
   *
   * @param expression such as {@code receivedDateTime desc}
   * @return the changed query
   */
  public MessageQuery orderBy(String expression) {
    return new MessageQuery(folder, filter, select, expression, pageSize);
  }

  /**
   * Sets how many messages one request fetches.
   *
   * @param messages 1 to 1000
   * @return the changed query
   * @throws IllegalArgumentException if it is out of range
   */
  public MessageQuery pageSize(int messages) {
    return new MessageQuery(folder, filter, select, orderBy, messages);
  }
}
