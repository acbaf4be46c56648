package dev.latchkey.examples.sync;

import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.DeltaPage;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.ResyncRequired;
import dev.latchkey.store.FileLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Mirrors a folder of a drive to a directory. Each run transfers only what has changed. A run may
 * be killed at any moment; the next one completes the mirror. Two runs on one directory take turns.
 *
 * <p>Files that a person has added or changed in the directory are never lost. Such a file is
 * renamed if a file of the drive takes its place, and stays if the drive's file is gone. The drive
 * is never changed.
 *
 * <p>Files that may not be downloaded, or whose names this machine cannot write, are left out and
 * reported at the end of each run.
 */
public final class FolderSync {

  private static final Duration TURN = Duration.ofMinutes(10);

  /** Is told what a run does. */
  public interface Listener {
    /** Something was done to a path of the mirror: downloaded, moved, deleted and so on. */
    void done(String what, String path);
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
    this.own = this.directory.resolve(".latchkey");
    this.listener = listener;
  }

  /**
   * Brings the directory up to date. Blocks until that is done. Throws what {@link
   * dev.latchkey.graph.GraphClient} throws.
   *
   * @throws dev.latchkey.graph.error.Forbidden if some files may not be downloaded; all others have
   *     been
   * @throws UncheckedIOException if a local file cannot be read or written
   * @throws IllegalArgumentException if the directory is the mirror of another folder
   */
  public void run() {
    try {
      Files.createDirectories(directory);
      // This also creates the mirror's own directory, which no one else may read.
      try (FileLease turn = FileLease.acquire(own.resolve("lock"), TURN);
          SyncJournal journal = new SyncJournal(own.resolve("journal"))) {
        String rootId = drive.item(folder).id();
        journal.mirrors(drive.info().id() + " " + rootId);
        pull(journal);
        Set<String> unwritable = new TreeSet<>();
        Map<String, DriveEntry> wanted = wanted(journal, rootId, unwritable);
        try {
          new MirrorWriter(directory, own, drive, journal, listener).become(wanted);
        } finally {
          unwritable.forEach(path -> listener.done("left out", path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for another run");
    }
  }

  /** Reads the changes of the drive into the journal. */
  private void pull(SyncJournal journal) throws IOException {
    String link = journal.link();
    boolean last = false;
    while (!last) {
      DeltaPage page;
      try {
        page = drive.delta(link);
      } catch (ResyncRequired tooLongAgo) {
        // Of either kind. Files that are no longer in the drive go, unless a person changed them.
        journal.forgetRemote();
        page = drive.delta(tooLongAgo.restartLink());
      }
      note(journal, page);
      link = page.link();
      last = page.isLast();
    }
  }

  private static void note(SyncJournal journal, DeltaPage page) throws IOException {
    Map<String, DriveEntry> changed = new TreeMap<>();
    List<String> gone = new ArrayList<>();
    for (DriveItem item : page.items()) { // the last entry for an item counts
      DriveEntry known = item.deleted() ? null : DriveEntry.of(item);
      if (known == null) {
        changed.remove(item.id());
        gone.add(item.id());
      } else {
        gone.remove(item.id());
        changed.put(item.id(), known);
      }
    }
    journal.page(changed.values(), gone, page.link());
  }

  /** What the mirror has to contain, by path, folders before their contents. */
  private static Map<String, DriveEntry> wanted(
      SyncJournal journal, String rootId, Set<String> unwritable) {
    Map<String, DriveEntry> byPath = new TreeMap<>();
    for (DriveEntry item : journal.remote().values()) {
      String path = path(item, rootId, journal.remote(), unwritable, 0);
      if (path != null && !path.isEmpty() && !path.split("/", 2)[0].equalsIgnoreCase(".latchkey")) {
        byPath.put(path, item);
      }
    }
    return byPath;
  }

  /** The item's path below the folder; empty for the folder itself, null for an item elsewhere. */
  private static @Nullable String path(
      DriveEntry item,
      String rootId,
      Map<String, DriveEntry> all,
      Set<String> unwritable,
      int depth) {
    if (item.id().equals(rootId)) {
      return "";
    }
    DriveEntry parent = item.parentId() == null ? null : all.get(item.parentId());
    boolean beneathUnknownRoot = parent == null && Objects.equals(item.parentId(), rootId);
    if ((parent == null && !beneathUnknownRoot) || depth > 100) {
      return null;
    }
    String around = parent == null ? "" : path(parent, rootId, all, unwritable, depth + 1);
    if (around == null) {
      return null;
    }
    String path = around.isEmpty() ? item.name() : around + "/" + item.name();
    if (item.isDangerous()) {
      unwritable.add(path);
      return null;
    }
    return path;
  }
}
