package dev.latchkey.graph.drive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a download goes. */
interface Sink {

  /** How many bytes are there. */
  long have();

  /** Of which version they are; null if there are none. */
  @Nullable Version version();

  /**
   * Begins with the first byte of this version; what is there vanishes.
   *
   * @return false if it cannot
   */
  boolean begin(Version version) throws IOException;

  /** Adds bytes. */
  void write(byte[] bytes, int length) throws IOException;
}
