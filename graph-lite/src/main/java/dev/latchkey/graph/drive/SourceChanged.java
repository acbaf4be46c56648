package dev.latchkey.graph.drive;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The file changed while it was uploaded. Nothing of it was stored, except where it changed between
 * two processes and kept its size and time: then the message says that a mixture was stored. Next:
 * upload the file again when nobody writes to it.
 *
 * @see dev.latchkey.graph.Drive
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
