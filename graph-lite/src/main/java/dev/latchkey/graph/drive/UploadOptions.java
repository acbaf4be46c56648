package dev.latchkey.graph.drive;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a file is uploaded. Immutable; each method returns a changed copy. */
public final class UploadOptions {

  /** What slices must be a multiple of: 320 KiB. */
  public static final int SLICE_UNIT = 320 * 1024;

  private static final int LARGEST_SLICE = 60 * 1024 * 1024;
  private static final UploadOptions DEFAULTS =
      new UploadOptions(ConflictBehavior.REPLACE, 16 * SLICE_UNIT, null, null, Progress.NONE);

  final ConflictBehavior conflict;
  final int sliceSize;
  final @Nullable Path checkpoint;
  final @Nullable String ifMatch;
  final Progress progress;

  private UploadOptions(
      ConflictBehavior conflict,
      int sliceSize,
      @Nullable Path checkpoint,
      @Nullable String ifMatch,
      Progress progress) {
    this.conflict = conflict;
    this.sliceSize = sliceSize;
    this.checkpoint = checkpoint;
    this.ifMatch = ifMatch;
    this.progress = progress;
  }

  /**
   * Replaces what is there, in slices of 5 MiB, without a checkpoint.
   *
   * @return the defaults
   */
  public static UploadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * What to do if the name is taken.
   *
   * @param behavior by default {@link ConflictBehavior#REPLACE}
   * @return the changed options
   */
  public UploadOptions conflict(ConflictBehavior behavior) {
    return new UploadOptions(behavior, sliceSize, checkpoint, ifMatch, progress);
  }

  /**
   * How many bytes of a file above 4 MiB go in one request. A larger slice is faster on a good
   * line; a broken connection costs one slice. Memory does not depend on it.
   *
   * @param bytes a multiple of {@link #SLICE_UNIT} below 60 MiB; by default 5 MiB
   * @return the changed options
   * @throws IllegalArgumentException if it is anything else
   */
  public UploadOptions sliceSize(int bytes) {
    if (bytes < SLICE_UNIT || bytes >= LARGEST_SLICE || bytes % SLICE_UNIT != 0) {
      throw new IllegalArgumentException(
          "a slice must be a multiple of 327,680 bytes, and less than 60 MiB");
    }
    return new UploadOptions(conflict, bytes, checkpoint, ifMatch, progress);
  }

  /**
   * Keeps in a file how to go on with an upload in slices, so that another process can, if it
   * uploads the same file to the same place with the same options. The file holds a secret, with
   * which anybody can write this upload: it is made owner-only. It is deleted when the upload is
   * done, and stays after a failure that a later call may survive. One that belongs to another
   * upload is replaced.
   *
   * @param file where; its directory must exist
   * @return the changed options
   */
  public UploadOptions checkpoint(Path file) {
    return new UploadOptions(conflict, sliceSize, file, ifMatch, progress);
  }

  /**
   * Uploads only if the file there is still the one that the caller knows; else throws {@link
   * dev.latchkey.graph.error.PreconditionFailed}.
   *
   * @param tag {@link DriveItem#eTag()} or {@link DriveItem#cTag()}
   * @return the changed options
   */
  public UploadOptions ifMatch(String tag) {
    return new UploadOptions(conflict, sliceSize, checkpoint, tag, progress);
  }

  /**
   * Who hears how far it is.
   *
   * @param listener called on the uploading thread
   * @return the changed options
   */
  public UploadOptions progress(Progress listener) {
    return new UploadOptions(conflict, sliceSize, checkpoint, ifMatch, listener);
  }
}
