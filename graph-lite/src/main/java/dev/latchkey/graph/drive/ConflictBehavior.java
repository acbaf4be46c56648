package dev.latchkey.graph.drive;

import java.util.Locale;

/**
 * What to do if the name is taken.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/driveitem#instance-attributes">
 *     driveItem: instance attributes</a>
 */
public enum ConflictBehavior {
  /** Leave what is there, and throw {@link dev.latchkey.graph.error.Conflict}. */
  FAIL,
  /** Replace what is there; SharePoint and OneDrive keep it as an older version. */
  REPLACE,
  /** Take another name, such as {@code q3 1.pdf}. */
  RENAME;

  static final String MEMBER = "@microsoft.graph.conflictBehavior";

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
