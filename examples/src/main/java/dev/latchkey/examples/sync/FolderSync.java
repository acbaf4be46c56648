package dev.latchkey.examples.sync;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.GraphException;
import dev.latchkey.graph.error.NotFound;
import dev.latchkey.store.FileLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Mirrors a folder of a drive to a directory. Each run transfers only what has changed. A run may
 * be killed at any moment; the next one completes the mirror. Two runs on one directory take turns.
 *
 * <p>Files that a person has added or changed in the directory are never lost. Such a file is
 * renamed if a file of the drive takes its place, and stays if the drive's file is gone. The drive
 * is never changed.
 *
 * <p>An item that Graph does not give or this disk cannot hold is left out and told, and stops
 * neither the others nor the next run, which tries it again. So are names that mean another file or
 * the mirror's own directory on this disk or on Windows. A folder of the mirror that somebody has
 * replaced by a symbolic link is never followed. Notebooks are not files and are not mirrored.
 *
 * <p>Files at which Graph always fails do not hold up a run for long. After three of them, each
 * file is attempted once, and once more at the end. In the next run, they come after all others; if
 * twenty of them fail again, the rest have their turn in a later run.
 */
public final class FolderSync {

  private static final Duration TURN = Duration.ofMinutes(10);

  /** How many items of one name are looked at again in one run. */
  private static final int MAX_LOOKS = 100;

  /** Is told what a run does. */
  public interface Listener {
    /** Something was done to a path of the mirror: downloaded, moved, deleted and so on. */
    void done(String what, String path);

    /**
     * An item could not be mirrored. Called at the end of the run. By default {@link #done} is
     * told, without the reason.
     */
    default void leftOut(LeftOut item) {
      done("left out", item.path());
    }
  }

  private final Drive drive;
  private final ItemRef folder;
  private final Path directory;
  private final Path own;
  private final Listener listener;

  /**
   * Creates a mirror; does nothing yet.
   *
   * @param folder the folder of the drive
   * @param directory the directory of the mirror, created by the first run. Its subdirectory {@code
   *     .latchkey} belongs to the mirror
   * @param listener called on the thread of {@link #run}
   */
  public FolderSync(Drive drive, ItemRef folder, Path directory, Listener listener) {
    this.drive = drive;
    this.folder = folder;
    this.directory = directory.toAbsolutePath();
    this.own = this.directory.resolve(LocalNames.OWN);
    this.listener = listener;
  }

  /**
   * Brings the directory up to date. Blocks until that is done. Throws what {@link
   * dev.latchkey.graph.GraphClient} throws.
   *
   * @throws MirrorIncomplete if some items were left out; all others are up to date
   * @throws UncheckedIOException if the mirror's own directory cannot be read or written
   * @throws IllegalArgumentException if the directory is the mirror of another folder
   */
  public void run() {
    SyncReport report = new SyncReport(listener);
    try {
      Files.createDirectories(directory);
      if (Files.exists(own, NOFOLLOW_LINKS) && !Files.isDirectory(own, NOFOLLOW_LINKS)) {
        throw new FileSystemException(own.toString(), null, own + " is not a directory");
      }
      // This also creates the mirror's own directory, which no one else may read.
      try (FileLease turn = FileLease.acquire(own.resolve("lock"), TURN);
          SyncJournal journal = new SyncJournal(own.resolve("journal"))) {
        String rootId = drive.item(folder).id();
        journal.mirrors(drive.info().id() + " " + rootId);
        new DeltaPull(drive, journal).run();
        FileSource source = new FileSource(drive);
        WantedTree wanted = wanted(journal, rootId, source);
        wanted.leftOut().forEach(report::leftOut);
        MirrorPlaces places = new MirrorPlaces(directory, own);
        new MirrorWriter(places, source, journal, report).become(wanted.byPath());
      }
    } catch (IOException e) {
      throw failed(new UncheckedIOException(e));
    } catch (UncheckedIOException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for another run");
    } finally {
      report.tellWhatWasLeftOut();
    }
    report.finish();
  }

  private static RuntimeException failed(UncheckedIOException e) {
    return e.getCause() instanceof ClosedByInterruptException
        ? new CancellationException("interrupted while writing the journal")
        : e;
  }

  /** What the mirror has to contain. */
  private static WantedTree wanted(SyncJournal journal, String rootId, FileSource source) {
    WantedTree wanted = new WantedTree(journal.remote().values(), rootId);
    // Of two items with one name, one may be gone without a word from the delta.
    List<String> gone =
        wanted.rivals().stream().limit(MAX_LOOKS).filter(id -> !exists(id, source)).toList();
    if (gone.isEmpty()) {
      return wanted;
    }
    journal.page(List.of(), gone, journal.link());
    return new WantedTree(journal.remote().values(), rootId);
  }

  /** Whether an item is there, as far as is known: one item's trouble does not end the run. */
  private static boolean exists(String id, FileSource source) {
    try {
      return !source.item(ItemRef.id(id)).deleted();
    } catch (NotFound gone) {
      return false;
    } catch (GraphException unknown) {
      if (!source.isAboutTheItem(unknown)) {
        throw unknown;
      }
      return true;
    } catch (IllegalArgumentException unknown) {
      return true;
    }
  }
}
