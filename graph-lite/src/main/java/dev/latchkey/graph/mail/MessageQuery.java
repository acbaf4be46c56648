package dev.latchkey.graph.mail;

import dev.latchkey.graph.http.Route;

/**
 * Which mails to list, and what of them. Immutable. The expressions are OData's, unencoded.
 *
 * <pre>{@code
 * MessageQuery.inFolder("inbox").filter("isRead eq false").select("subject", "from").pageSize(50)
 * }</pre>
 *
 * @see <a href="https://learn.microsoft.com/graph/api/user-list-messages">List messages</a>
 */
public final class MessageQuery {

  private static final int MOST_PER_PAGE = 1000;

  private final Route route;

  private MessageQuery(Route route) {
    this.route = route;
  }

  /**
   * All mails, in whatever folder.
   *
   * @return a query without a filter, at Graph's page size of 10
   */
  public static MessageQuery all() {
    return new MessageQuery(Route.of("me", "messages"));
  }

  /**
   * The mails of one folder.
   *
   * @param folder its id, or one of the well-known names such as {@code inbox}, {@code drafts} and
   *     {@code sentitems}
   * @return a query without a filter, at Graph's page size of 10
   */
  public static MessageQuery inFolder(String folder) {
    return new MessageQuery(Route.of("me", "mailFolders", folder, "messages"));
  }

  /**
   * Only some of them.
   *
   * @param expression such as {@code isRead eq false and importance eq 'high'}. A quote within a
   *     quoted text is doubled
   * @return the narrower query
   */
  public MessageQuery filter(String expression) {
    return new MessageQuery(route.query("$filter", expression));
  }

  /**
   * Only some members of each, which is faster; the id comes in any case.
   *
   * @param members such as {@code subject}
   * @return the narrower query
   */
  public MessageQuery select(String... members) {
    return new MessageQuery(route.query("$select", String.join(",", members)));
  }

  /**
   * In another order than Graph's own.
   *
   * @param expression such as {@code receivedDateTime desc}
   * @return the ordered query
   */
  public MessageQuery orderBy(String expression) {
    return new MessageQuery(route.query("$orderby", expression));
  }

  /**
   * How many mails one request brings.
   *
   * @param mails 1 to 1000
   * @return the query
   * @throws IllegalArgumentException if it is out of range
   */
  public MessageQuery pageSize(int mails) {
    if (mails < 1 || mails > MOST_PER_PAGE) {
      throw new IllegalArgumentException("a page has 1 to 1000 mails, not " + mails);
    }
    return new MessageQuery(route.query("$top", String.valueOf(mails)));
  }

  MessageQuery expand(String expression) {
    return new MessageQuery(route.query("$expand", expression));
  }

  Route route() {
    return route;
  }
}
