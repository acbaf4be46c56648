package dev.latchkey.graph.drive;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a file is uploaded. Immutable; each method that takes an argument returns a changed copy.
 *
 * <pre>{@code
 * UploadOptions options = UploadOptions.defaults()
 *     .conflict(ConflictBehavior.REPLACE)
 *     .checkpoint(Path.of("q3.upload")) // a later run goes on where this one was killed
 *     .progress((done, total) -> System.out.println(done + " of " + total));
 * drive.upload(Path.of("q3.pdf"), ItemRef.path("Reports/q3.pdf"), options);
 * }</pre>
 *
 * @param conflict what to do if the name is taken
 * @param sliceSize the bytes of one request, for a file above 4 MiB
 * @param checkpoint the file that lets another process resume the upload; null for none
 * @param ifMatch the tag that the existing file must have; null for any
 * @param progress receives the progress of the upload
 */
public record UploadOptions(
    ConflictBehavior conflict,
    int sliceSize,
    @Nullable Path checkpoint,
    @Nullable String ifMatch,
    Progress progress) {

  /** The size of a slice is a multiple of this: 320 KiB. */
  public static final int SLICE_UNIT = 320 * 1024;

  private static final int MAX_SLICE_SIZE = 60 * 1024 * 1024;
  private static final UploadOptions DEFAULTS =
      new UploadOptions(ConflictBehavior.REPLACE, 16 * SLICE_UNIT, null, null, Progress.NONE);

  /**
   * Creates options.
   *
   * @param conflict what to do if the name is taken
   * @param sliceSize as for {@link #sliceSize(int)}
   * @param checkpoint as for {@link #checkpoint(Path)}, or null
   * @param ifMatch as for {@link #ifMatch(String)}, or null
   * @param progress receives the progress of the upload
   * @throws IllegalArgumentException if the slice size is out of range
   */
  public UploadOptions {
    if (sliceSize < SLICE_UNIT || sliceSize >= MAX_SLICE_SIZE || sliceSize % SLICE_UNIT != 0) {
      throw new IllegalArgumentException(
          "a slice must be a multiple of 327,680 bytes, and less than 60 MiB");
    }
  }

  /**
   * Replaces an existing file; slices of 5 MiB, no checkpoint.
   *
   * @return the defaults
   */
  public static UploadOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Says what to do if the name is taken.
   *
   * @param behavior by default {@link ConflictBehavior#REPLACE}
   * @return the changed options
   */
  public UploadOptions conflict(ConflictBehavior behavior) {
    return new UploadOptions(behavior, sliceSize, checkpoint, ifMatch, progress);
  }

  /**
   * Sets how many bytes of a file above 4 MiB go in one request. A larger slice is faster on a good
   * connection; a broken one costs a slice. Memory use does not depend on it.
   *
   * @param bytes a multiple of {@link #SLICE_UNIT} below 60 MiB; by default 5 MiB
   * @return the changed options
   * @throws IllegalArgumentException if it is anything else
   */
  public UploadOptions sliceSize(int bytes) {
    return new UploadOptions(conflict, bytes, checkpoint, ifMatch, progress);
  }

  /**
   * Records in a file how to resume an upload in slices. Another process resumes it if it uploads
   * the same file to the same place with the same options. The file holds a secret with which
   * anybody can write to this upload; only its owner can read it. It is deleted when the upload is
   * done and stays after a failure that a later call may overcome. A checkpoint of another upload
   * is replaced.
   *
   * @param file the checkpoint; its directory must exist
   * @return the changed options
   */
  public UploadOptions checkpoint(Path file) {
    return new UploadOptions(conflict, sliceSize, file, ifMatch, progress);
  }

  /**
   * Uploads only if the existing file still has this tag, and otherwise throws {@link
   * dev.latchkey.graph.error.PreconditionFailed}.
   *
   * @param tag {@link DriveItem#eTag()} or {@link DriveItem#cTag()}
   * @return the changed options
   */
  public UploadOptions ifMatch(String tag) {
    return new UploadOptions(conflict, sliceSize, checkpoint, tag, progress);
  }

  /**
   * Sets who receives the progress of the upload.
   *
   * @param listener called on the uploading thread
   * @return the changed options
   */
  public UploadOptions progress(Progress listener) {
    return new UploadOptions(conflict, sliceSize, checkpoint, ifMatch, listener);
  }
}
