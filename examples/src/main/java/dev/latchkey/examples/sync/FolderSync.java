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
 * Mirrors a folder of a drive to a directory, each time only what changed. May be killed at any
 * moment and run again: in the end every file is there, once, as it is in the drive. Two at a time
 * take turns.
 *
 * <p>Nothing that a person put or changed in the directory is lost: such a file is set aside under
 * another name where the drive's has to take its place, and left where it is where the drive's is
 * gone. Nothing is ever changed in the drive.
 *
 * <p>What may not be downloaded, or has a name that this machine cannot write, is left out and told
 * at the end of each run.
 */
public final class FolderSync {

  private static final Duration TURN = Duration.ofMinutes(10);

  /** Hears what is done. */
  public interface Listener {
    /** Something was done to a path of the mirror. */
    void done(String what, String path);
  }

  private final Drive drive;
  private final ItemRef folder;
  private final Path directory;
  private final Path own;
  private final Listener listener;

  /**
   * Sets one up; nothing is done yet.
   *
   * @param folder which folder of the drive
   * @param directory its mirror; is created. A directory {@code .latchkey} in it is the mirror's
   *     own
   * @param listener hears what is done, on the thread of {@link #run}
   */
  public FolderSync(Drive drive, ItemRef folder, Path directory, Listener listener) {
    this.drive = drive;
    this.folder = folder;
    this.directory = directory.toAbsolutePath();
    this.own = this.directory.resolve(".latchkey");
    this.listener = listener;
  }

  /**
   * Brings the directory up to date. Blocks for as long as that takes; throws what {@link
   * dev.latchkey.graph.GraphClient} throws.
   *
   * @throws dev.latchkey.graph.error.Forbidden if files may not be downloaded; all others are there
   * @throws UncheckedIOException if the disk does not do its part
   * @throws IllegalArgumentException if the directory is the mirror of another folder
   */
  public void run() {
    try {
      Files.createDirectories(directory);
      // Makes the mirror's own directory, too, for nobody else to look into.
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
      throw new CancellationException("interrupted while another run had its turn");
    }
  }

  /** Brings what is known of the drive up to date. */
  private void pull(SyncJournal journal) throws IOException {
    String link = journal.link();
    boolean last = false;
    while (!last) {
      DeltaPage page;
      try {
        page = drive.delta(link);
      } catch (ResyncRequired tooLongAgo) {
        // Either kind: what is not in the drive any more goes, unless a person changed it.
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
    for (DriveItem item : page.items()) { // the last word about an item counts
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

  /** What has to be on the disk, by path, folders before what is in them. */
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

  /** Null if it is not beneath the folder; empty for the folder itself. */
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
