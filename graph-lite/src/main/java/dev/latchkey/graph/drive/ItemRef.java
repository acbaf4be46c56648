package dev.latchkey.graph.drive;

import dev.latchkey.graph.internal.http.GraphPath;

/**
 * Names a file or folder of a drive, whether it exists or not. Paths and names are plain text; any
 * character in them is encoded.
 *
 * <pre>{@code
 * ItemRef reports = ItemRef.path("Reports");
 * ItemRef file = reports.child("2026/q3.pdf");
 * }</pre>
 *
 * @param id the id of the item, or of the folder where the path begins; empty for the root
 * @param path the path from there: a slash before each name; empty for that item itself
 */
public record ItemRef(String id, String path) {

  private static final ItemRef ROOT = new ItemRef("", "");

  /**
   * Names an item by an id and a path from there.
   *
   * @param id empty for the root
   * @param path extra slashes are removed
   * @throws IllegalArgumentException if the id or a name is {@code .} or {@code ..}
   */
  public ItemRef {
    GraphPath.of(id.isEmpty() ? "root" : id).beneath(path);
    path = ("/" + path).replaceAll("/+", "/").replaceAll("/$", "");
  }

  /**
   * Names the root folder of a drive.
   *
   * @return the reference
   */
  public static ItemRef root() {
    return ROOT;
  }

  /**
   * Names an item by its id.
   *
   * @param id as Graph returned it
   * @return the reference
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
   */
  public static ItemRef id(String id) {
    GraphPath.of(id);
    return new ItemRef(id, "");
  }

  /**
   * Names an item by its path from the root.
   *
   * @param path names separated by slashes, such as {@code Reports/q3.pdf}. Extra slashes are
   *     removed, so {@code /} is the root
   * @return the reference
   * @throws IllegalArgumentException if a name is {@code .} or {@code ..}
   */
  public static ItemRef path(String path) {
    return ROOT.child(path);
  }

  /**
   * Names an item by its path from this one.
   *
   * @param below as for {@link #path(String)}
   * @return the reference
   * @throws IllegalArgumentException if a name is {@code .} or {@code ..}
   */
  public ItemRef child(String below) {
    return new ItemRef(id, path + "/" + below);
  }

  /** The place as messages name it. */
  @Override
  public String toString() {
    if (id.isEmpty()) {
      return path.isEmpty() ? "/" : path;
    }
    return "item " + id + path;
  }
}
