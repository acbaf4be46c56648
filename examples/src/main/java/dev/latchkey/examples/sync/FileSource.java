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

  private final Drive drive;

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

  /**
   * Whether other files may be had although this one could not. The number of failures does not
   * decide it: files at which Graph always fails would end every run at the same place.
   */
  boolean isAboutTheItem(GraphException e) {
    if (e instanceof TokenRejected || e instanceof GraphThrottled) {
      return false;
    } else if (e instanceof Forbidden forbidden) {
      return forbidden.missingScopes().isEmpty();
    }
    // A captive portal gives a malformed answer for every file.
    return !(e instanceof GraphUnavailable || e instanceof MalformedAnswer) || answers();
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
