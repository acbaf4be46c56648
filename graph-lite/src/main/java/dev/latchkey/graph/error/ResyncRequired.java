package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * A delta link is too old (HTTP 410). Next: begin the enumeration anew and reconcile what is here
 * with what comes, in the way of {@link #kind()}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-delta">driveItem: delta</a>
 */
public final class ResyncRequired extends GraphException {

  private static final long serialVersionUID = 1L;

  /** What to do with what is here and not there. */
  public enum Kind {
    /**
     * Take the server's version of all that is not certainly newer here, and delete here what is
     * not there ({@code resyncChangesApplyDifferences}).
     */
    APPLY_DIFFERENCES,
    /**
     * Upload what is not there, and keep both where it cannot be told which is newer ({@code
     * resyncChangesUploadDifferences}).
     */
    UPLOAD_DIFFERENCES
  }

  private final Kind kind;
  private final @Nullable String restartLink;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message what happened, without any secret
   * @param kind how to reconcile
   * @param restartLink where to begin anew, if Graph said so
   * @param error what Graph said
   * @param cause what was caught, if anything
   */
  public ResyncRequired(
      String message,
      Kind kind,
      @Nullable String restartLink,
      GraphError error,
      @Nullable Throwable cause) {
    super(message, error, cause);
    this.kind = kind;
    this.restartLink = restartLink;
  }

  /**
   * How to reconcile.
   *
   * @return what Graph asked for; {@link Kind#APPLY_DIFFERENCES} if it did not say
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Where to begin anew.
   *
   * @return the link that Graph sent, to be used as a delta link; null to begin without one
   */
  public @Nullable String restartLink() {
    return restartLink;
  }
}
