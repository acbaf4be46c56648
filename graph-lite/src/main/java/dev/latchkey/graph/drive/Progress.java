package dev.latchkey.graph.drive;

/**
 * Receives the progress of a transfer.
 *
 * @see UploadOptions
 */
@FunctionalInterface
public interface Progress {

  /** Ignores the progress. */
  Progress NONE = (bytes, total) -> {};

  /**
   * Called on the thread of the transfer: at the start, about once per 256 KiB of a download, after
   * each slice of an upload, and at the end. An exception that it throws ends the transfer.
   *
   * @param bytes the bytes transferred so far, including those of an earlier process; fewer than
   *     before if the transfer had to start over
   * @param total the size of the file; -1 while it is not known
   */
  void at(long bytes, long total);
}
