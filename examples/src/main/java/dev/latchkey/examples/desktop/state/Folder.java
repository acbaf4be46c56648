package dev.latchkey.examples.desktop.state;

import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the drive.
 *
 * @param parent the folder around it; null for the root
 */
public record Folder(String id, String name, @Nullable Folder parent) {

  public static final Folder ROOT = new Folder("root", "My files", null);

  /** A folder in this one. */
  public Folder child(DriveItem item) {
    return new Folder(item.id(), item.name() == null ? item.id() : item.name(), this);
  }

  /** What Graph calls it. */
  public ItemRef ref() {
    return parent == null ? ItemRef.root() : ItemRef.id(id);
  }

  /** The names from the root, for a person. */
  public String path() {
    return parent == null ? name : parent.path() + " / " + name;
  }
}
