package dev.latchkey.graph.error;

import org.jspecify.annotations.Nullable;

/**
 * A delta link is too old (HTTP 410). Next: start the enumeration anew and reconcile the local
 * state with it as {@link #kind()} says.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/driveitem-delta">driveItem: delta</a>
 * @see GraphException
 */
public final class ResyncRequired extends GraphException {

  private static final long serialVersionUID = 1L;

  /** How to reconcile the local state with the server's. */
  public enum Kind {
    /**
     * Take the server's version of every item that is not certainly newer locally, and delete local
     * items that the server does not have ({@code resyncChangesApplyDifferences}).
     */
    APPLY_DIFFERENCES,
    /**
     * Upload items that the server does not have, and keep both versions where it is unclear which
     * is newer ({@code resyncChangesUploadDifferences}).
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
   * @param restartLink where to start anew, if Graph said so
   * @param error the details of the response
   * @param cause the exception that was caught, or null
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
   * @return what Graph asked for; {@link Kind#APPLY_DIFFERENCES} by default
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Where to start anew.
   *
   * @return the link that Graph sent, for use as a delta link; null to start without one
   */
  public @Nullable String restartLink() {
    return restartLink;
  }
}
