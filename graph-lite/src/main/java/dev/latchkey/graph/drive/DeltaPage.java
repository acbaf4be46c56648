package dev.latchkey.graph.drive;

import java.util.List;

/**
 * A page of the changes of a drive.
 *
 * @param items the changed items, in the order in which they apply; {@link DriveItem#deleted()}
 *     marks those that are gone. An item may occur more than once: the last occurrence counts
 * @param link asks for the next page, or for later changes. Store it once the items are processed
 * @param isLast whether there are no more changes for now
 * @see dev.latchkey.graph.Drive
 */
public record DeltaPage(List<DriveItem> items, String link, boolean isLast) {

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param items the changed items
   * @param link asks for what comes next
   * @param isLast whether there are no more changes for now
   */
  public DeltaPage {
    items = List.copyOf(items);
  }
}
