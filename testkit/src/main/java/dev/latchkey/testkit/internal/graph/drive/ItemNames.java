package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import java.util.function.Predicate;

/** The names that OneDrive and SharePoint accept. */
final class ItemNames {

  private ItemNames() {}

  static void check(String name) {
    if (name.isBlank()
        || name.matches(".*[\"*:<>?/\\\\|].*")
        || name.startsWith(" ")
        || name.endsWith(" ")
        || name.endsWith(".")) {
      throw GraphFailure.of(
          400,
          "invalidRequest",
          "The provided name cannot contain reserved characters.",
          "invalidName");
    }
  }

  /** The name itself or the first of {@code name 1.ext}, {@code name 2.ext} … that is free. */
  static String free(String name, Predicate<String> taken) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    String free = name;
    for (int i = 1; taken.test(free); i++) {
      free = stem + " " + i + extension;
    }
    return free;
  }
}
