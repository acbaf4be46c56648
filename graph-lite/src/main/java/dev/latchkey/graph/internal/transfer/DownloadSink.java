package dev.latchkey.graph.internal.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a download goes. */
interface DownloadSink {

  /** The number of bytes so far. */
  long have();

  /** The version to which they belong; null if there are none. */
  @Nullable ContentVersion version();

  /**
   * Starts over with the first byte of this version and drops what is there.
   *
   * @return false if it cannot
   */
  boolean begin(ContentVersion version) throws IOException;

  /** Adds bytes. */
  void write(byte[] bytes, int length) throws IOException;
}
