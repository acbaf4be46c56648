package dev.latchkey.testkit.graph;

import org.jspecify.annotations.Nullable;

/**
 * Where a file goes.
 *
 * @param present what is there already, or null
 */
record Target(Item folder, String name, @Nullable Item present) {

  /** Refuses a name that is taken, if it must not be. */
  void check(Conflict conflict) {
    Item taken = present;
    if (taken != null && (conflict == Conflict.FAIL || taken.isFolder())) {
      throw GraphFailure.nameExists(name);
    }
  }

  /** Puts the content there, as the conflict behaviour says. */
  Item put(Drive drive, Content content, Conflict conflict) {
    if (folder.deleted) {
      throw GraphFailure.itemNotFound();
    }
    Item taken = drive.child(folder, name);
    if (taken == null) {
      return drive.create(folder, name, content);
    }
    if (conflict == Conflict.FAIL || (taken.isFolder() && conflict == Conflict.REPLACE)) {
      throw GraphFailure.nameExists(name);
    }
    if (conflict == Conflict.RENAME) {
      String free = Names.free(name, other -> drive.child(folder, other) != null);
      return drive.create(folder, free, content);
    }
    return drive.replace(taken, content);
  }
}
