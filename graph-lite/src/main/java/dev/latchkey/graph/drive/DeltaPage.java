package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.GraphHttp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the changes of a drive.
 *
 * @param items in the order in which they apply; those that are gone have {@link
 *     DriveItem#deleted()}. An item may come more than once: the last counts
 * @param link what to ask with for what comes after: the next page, or later changes. To be kept
 *     once the items are dealt with
 * @param isLast whether there is nothing more for now
 */
public record DeltaPage(List<DriveItem> items, String link, boolean isLast) {

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param items the changes
   * @param link what to ask with next
   * @param isLast whether there is nothing more
   */
  public DeltaPage {
    items = List.copyOf(items);
  }

  static DeltaPage read(GraphHttp http, Answer answer) {
    List<DriveItem> items = answer.readAll("value", DriveItem::read);
    String next = link(http, answer, "@odata.nextLink");
    String delta = link(http, answer, "@odata.deltaLink");
    if (next != null) {
      if (answer.call().uri().equals(http.link(next))) {
        throw answer.malformed("a next page that is the same again");
      }
      return new DeltaPage(items, next, false);
    }
    if (delta == null) {
      throw answer.malformed("neither a next link nor a delta link");
    }
    return new DeltaPage(items, delta, true);
  }

  private static @Nullable String link(GraphHttp http, Answer answer, String name) {
    String link = answer.string(name);
    if (link != null && http.link(link) == null) {
      throw answer.malformed("an " + name + " that does not lead to Graph");
    }
    return link;
  }
}
