package dev.latchkey.examples.sync;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.GraphThrottled;
import dev.latchkey.graph.error.GraphUnavailable;
import dev.latchkey.graph.error.MalformedAnswer;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.graph.error.TokenRejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Downloads the files of a drive, and tells a file that cannot be had from a drive that cannot. */
final class FileSource {

  /** So many failures in a row are not the files' any more: each has taken its time. */
  private static final int MAX_UNAVAILABLE = 5;

  private final Drive drive;
  private int unavailable;

  FileSource(Drive drive) {
    this.drive = drive;
  }

  /**
   * Downloads a file.
   *
   * @return false if it has been deleted in the drive meanwhile
   * @throws IOException if it cannot be written
   */
  boolean download(ItemRef file, Path target) throws IOException {
    try {
      drive.download(file, target);
      unavailable = 0;
      return true;
    } catch (NotFound e) {
      if (exists(file)) {
        throw e; // without its content
      }
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean exists(ItemRef file) {
    try {
      return drive.item(file).isFile();
    } catch (NotFound gone) {
      return false;
    }
  }

  /** Whether other files may be had although this one could not. */
  boolean isAboutTheItem(GraphException e) {
    if (e instanceof TokenRejected || e instanceof GraphThrottled) {
      return false;
    } else if (e instanceof Forbidden forbidden) {
      return forbidden.missingScopes().isEmpty();
    } else if (e instanceof GraphUnavailable) {
      return ++unavailable < MAX_UNAVAILABLE && answers();
    }
    return !(e instanceof MalformedAnswer) || answers(); // a captive portal answers for every file
  }

  private boolean answers() {
    try {
      drive.info();
      return true;
    } catch (GraphException down) {
      return false;
    }
  }
}
