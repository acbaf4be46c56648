package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.Route;
import org.jspecify.annotations.Nullable;

/**
 * Names a file or folder of a drive, there or not. Immutable. Paths and names are plain text:
 * whatever they hold is encoded.
 */
public final class ItemRef {

  private static final ItemRef ROOT = new ItemRef("", "");

  private final String id;
  private final String path;

  private ItemRef(String id, String path) {
    this.id = id;
    this.path = path;
  }

  /**
   * The drive's root folder.
   *
   * @return the reference
   */
  public static ItemRef root() {
    return ROOT;
  }

  /**
   * The item of an id.
   *
   * @param id as Graph gave it
   * @return the reference
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
   */
  public static ItemRef id(String id) {
    Route.of(id);
    return new ItemRef(id, "");
  }

  /**
   * The item at a path from the root.
   *
   * @param path names with slashes between them, such as {@code Reports/q3.pdf}; slashes too many
   *     are left out, so that {@code /} is the root
   * @return the reference
   * @throws IllegalArgumentException if a name is {@code .} or {@code ..}
   */
  public static ItemRef path(String path) {
    return ROOT.child(path);
  }

  /**
   * The item at a path from this one.
   *
   * @param below as for {@link #path}
   * @return the reference
   * @throws IllegalArgumentException if a name is {@code .} or {@code ..}
   */
  public ItemRef child(String below) {
    Route.of("root").beneath(below);
    return new ItemRef(id, path + "/" + below);
  }

  /** The id, if that is all there is; else null. */
  @Nullable String onlyId() {
    return id.isEmpty() || !path.isEmpty() ? null : id;
  }

  /** Where it is, in a drive. */
  Route in(Route drive) {
    return (id.isEmpty() ? drive.then("root") : drive.then("items", id)).beneath(path);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemRef ref && ref.toString().equals(toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The place, as messages name it. */
  @Override
  public String toString() {
    String names = path.replaceAll("/+", "/").replaceAll("/$", "");
    if (id.isEmpty()) {
      return names.isEmpty() ? "/" : names;
    }
    return "item " + id + names;
  }
}
