package dev.latchkey.graph.drive;

/**
 * What to do if the name is taken.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/driveitem#instance-attributes">
 *     driveItem: instance attributes</a>
 * @see UploadOptions
 */
public enum ConflictBehavior {
  /** Leave the existing item and throw {@link dev.latchkey.graph.error.Conflict}. */
  FAIL,
  /** Replace the existing item; SharePoint and OneDrive keep it as an older version. */
  REPLACE,
  /** Take another name, such as {@code q3 1.pdf}. */
  RENAME
}
