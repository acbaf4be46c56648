package dev.latchkey.graph.drive;

/** Hears how far a transfer is. */
@FunctionalInterface
public interface Progress {

  /** Hears nothing. */
  Progress NONE = (bytes, total) -> {};

  /**
   * Called on the thread that makes the transfer, at the begin, about once per 256 KiB of a
   * download, after each slice of an upload, and at the end. What it throws ends the transfer.
   *
   * @param bytes how many have been transferred, those of an earlier process included; less than
   *     before if the transfer had to start over
   * @param total how many there are; -1 while that is not known
   */
  void at(long bytes, long total);
}
