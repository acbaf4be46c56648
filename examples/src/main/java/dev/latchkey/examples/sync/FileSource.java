package dev.latchkey.examples.sync;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.DriveItem;
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
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Downloads the files of a drive, and tells a file that cannot be had from a drive that cannot.
 * Used for one run, whose patience with files at which Graph fails is limited: all attempts at one
 * take half a minute.
 */
final class FileSource {

  /** After so many failures that used up all attempts, each file is attempted once. */
  static final int PATIENCE = 3;

  /** So many failures end the last round. */
  static final int LAST_FAILURES = 20;

  private final Drive drive;
  private final Drive once;
  private int failures;
  private int mostFailures = Integer.MAX_VALUE;

  FileSource(Drive drive) {
    this.drive = drive;
    this.once = drive.withRetries(0);
  }

  /** Begins the last round: only files at which Graph has failed before are left. */
  void beginLastRound() {
    mostFailures = failures + LAST_FAILURES;
  }

  /** Whether the next file is attempted only once. */
  boolean isHasty() {
    return failures >= PATIENCE;
  }

  /**
   * Downloads a file.
   *
   * @return false if it has been deleted in the drive meanwhile
   * @throws IOException if it cannot be written, or is not tried because too many others have
   *     failed in the last round
   */
  boolean download(ItemRef file, Path target) throws IOException {
    if (failures >= mostFailures) {
      throw new FileSystemException(
          target.toString(),
          null,
          "Graph failed at it in an earlier run, and in this run at too many others. It has its"
              + " turn in one of the next runs.");
    }
    try {
      attempt(from -> from.download(file, target));
      return true;
    } catch (NotFound e) {
      if (isFile(file)) {
        throw e; // without its content
      }
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean isFile(ItemRef file) {
    try {
      return item(file).isFile();
    } catch (NotFound gone) {
      return false;
    }
  }

  /** Reads the properties of an item. */
  DriveItem item(ItemRef item) {
    return attempt(from -> from.item(item));
  }

  private <T> T attempt(Function<Drive, T> call) {
    try {
      return isHasty() ? attemptOnce(call) : call.apply(drive);
    } catch (GraphException e) {
      if (isFailure(e)) {
        failures++;
      }
      throw e;
    }
  }

  private <T> T attemptOnce(Function<Drive, T> call) {
    try {
      return call.apply(once);
    } catch (GraphThrottled e) {
      return call.apply(drive); // which waits as long as Graph asks
    }
  }

  /** Whether Graph failed, rather than refused: only then were several attempts of use. */
  static boolean isFailure(Exception e) {
    return e instanceof GraphUnavailable || e instanceof MalformedAnswer;
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
    return !isFailure(e) || answers();
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
