package dev.latchkey.graph.drive;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The file changed while it was uploaded. Nothing of it was stored; unless it changed between two
 * processes and kept its size and time, as the message says then: what was stored is a mixture.
 * Next: upload it again when nobody writes to it.
 */
public final class SourceChanged extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates one; applications do so in their own tests.
   *
   * @param message which file
   */
  public SourceChanged(String message) {
    super(message, new IOException(message));
  }
}
