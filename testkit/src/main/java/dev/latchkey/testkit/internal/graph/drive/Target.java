package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.http.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Where a file is written.
 *
 * @param present the item that has the name already, or null
 */
public record Target(StoredItem folder, String name, @Nullable StoredItem present) {

  /** Fails if the name is taken and must not be replaced. */
  public void check(NameConflict conflict) {
    StoredItem taken = present;
    if (taken != null && (conflict == NameConflict.FAIL || taken.isFolder())) {
      throw GraphFailure.nameExists(name);
    }
  }

  /** Writes the content, following the conflict behavior. */
  public StoredItem put(StoredDrive drive, Bytes content, NameConflict conflict) {
    if (folder.deleted) {
      throw GraphFailure.itemNotFound();
    }
    StoredItem taken = drive.child(folder, name);
    if (taken == null) {
      return drive.create(folder, name, content);
    }
    if (conflict == NameConflict.FAIL || (taken.isFolder() && conflict == NameConflict.REPLACE)) {
      throw GraphFailure.nameExists(name);
    }
    if (conflict == NameConflict.RENAME) {
      String free = ItemNames.free(name, other -> drive.child(folder, other) != null);
      return drive.create(folder, free, content);
    }
    return drive.replace(taken, content);
  }
}
