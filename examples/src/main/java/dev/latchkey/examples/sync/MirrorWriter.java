package dev.latchkey.examples.sync;

import dev.latchkey.examples.sync.MirrorFile.Stamp;
import dev.latchkey.graph.Drive;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.Forbidden;
import dev.latchkey.graph.error.NotFound;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the directory what is wanted. Whatever takes its place there is noted in the journal first,
 * with what it may replace; the move itself is atomic; so after a crash it can be told of each file
 * whose it is.
 */
final class MirrorWriter {

  private final Path directory;
  private final Path staging;
  private final Drive drive;
  private final SyncJournal journal;
  private final FolderSync.Listener listener;
  private final List<String> refused = new ArrayList<>();
  private @Nullable Forbidden refusal;

  MirrorWriter(
      Path directory, Path own, Drive drive, SyncJournal journal, FolderSync.Listener listener)
      throws IOException {
    this.directory = directory;
    this.staging = Files.createDirectories(own.resolve("staging"));
    this.drive = drive;
    this.journal = journal;
    this.listener = listener;
  }

  /**
   * Makes it so, as far as may be.
   *
   * @throws Forbidden if there are files that may not be downloaded, once all others are there
   */
  void become(Map<String, DriveEntry> wanted) throws IOException {
    for (MirrorFile file : journal.local()) {
      if (file.from() != null && !DriveEntry.isUnwritable(file.path())) {
        finish(file);
      }
    }
    Map<String, String> paths = new HashMap<>();
    wanted.forEach((path, item) -> paths.put(item.id(), path));
    clear(paths);
    for (Map.Entry<String, DriveEntry> each : wanted.entrySet()) {
      if (each.getValue().folder()) {
        folder(each.getKey(), each.getValue());
      } else {
        file(each.getKey(), each.getValue());
      }
    }
    if (refusal != null) {
      refused.forEach(path -> listener.done("left out", path));
      throw refusal;
    }
  }

  /**
   * Takes away what is no longer wanted where it is: all of it before anything is put anywhere, so
   * that two items may have changed places. What somebody changed stays.
   */
  private void clear(Map<String, String> paths) throws IOException {
    List<MirrorFile> innerOnesFirst =
        journal.local().stream()
            .filter(file -> !file.path().equals(paths.get(file.id())))
            .filter(file -> !DriveEntry.isUnwritable(file.path()))
            .sorted(Comparator.comparing(MirrorFile::path).reversed())
            .toList();
    for (MirrorFile file : innerOnesFirst) {
      if (file.isFolder()) {
        removeIfEmpty(file);
      } else if (paths.containsKey(file.id())) {
        park(file);
      } else {
        if (file.stamp().equals(stamp(at(file.path())))) {
          Files.delete(at(file.path()));
          listener.done("deleted", file.path());
        }
        journal.remove(file);
      }
    }
  }

  private void removeIfEmpty(MirrorFile folder) throws IOException {
    Path place = at(folder.path());
    // Else somebody put a file or a link in its place.
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.delete(place);
      } catch (DirectoryNotEmptyException somebodyPutSomethingThere) {
        // It stays, and is theirs now.
      }
    }
    journal.remove(folder);
  }

  /** Keeps a file for its new place. */
  private void park(MirrorFile file) throws IOException {
    String parked = beneath(staging.resolve("parked-" + nameFor(file.id())));
    if (file.path().equals(parked)) {
      return; // by a run that got no further
    }
    if (!file.stamp().equals(stamp(at(file.path())))) {
      journal.remove(file); // it is theirs now
      return;
    }
    begin(
        new MirrorFile(
            file.id(), parked, file.version(), file.size(), file.modified(), file.path(), null));
  }

  private void folder(String path, DriveEntry item) throws IOException {
    Path place = at(path);
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        setAside(place);
      }
      Files.createDirectories(place);
    }
    if (journal.local(item.id()) == null) {
      journal.put(MirrorFile.folder(item.id(), path));
    }
  }

  private void file(String path, DriveEntry item) throws IOException {
    MirrorFile before = journal.local(item.id());
    boolean isHere =
        before != null
            && String.valueOf(item.version()).equals(before.version())
            && stamp(at(before.path())) != null;
    if (before != null && isHere && before.path().equals(path)) {
      return; // also if somebody changed it here: theirs stays until the drive's changes
    }
    if (before != null && isHere) {
      move(before, path);
      return;
    }
    Path staged = staging.resolve(nameFor(item.id()));
    try {
      drive.download(ItemRef.id(item.id()), staged);
    } catch (NotFound goneMeanwhile) {
      return; // the next run will hear of it
    } catch (Forbidden e) {
      if (!e.missingScopes().isEmpty()) {
        throw e; // no other would fare better
      }
      refused.add(path); // a virus was found in it, say: the next run will ask again
      refusal = refusal == null ? e : refusal;
      return;
    }
    Stamp stamp = stamp(staged);
    if (stamp == null) {
      throw new NoSuchFileException(staged.toString());
    }
    if (before != null && at(before.path()).startsWith(staging)) {
      Files.deleteIfExists(at(before.path())); // parked, and changed in the drive meanwhile
    }
    Stamp own = before != null && before.path().equals(path) ? before.stamp() : null;
    begin(
        new MirrorFile(
            item.id(), path, item.version(), stamp.size(), stamp.modified(), beneath(staged), own));
    listener.done("downloaded", path);
  }

  private void move(MirrorFile parked, String path) throws IOException {
    begin(
        new MirrorFile(
            parked.id(),
            path,
            parked.version(),
            parked.size(),
            parked.modified(),
            parked.path(),
            null));
    listener.done("moved", path);
  }

  private void begin(MirrorFile file) throws IOException {
    journal.put(file);
    finish(file);
  }

  /** Moves what is noted into its place, if that has not been done already. */
  private void finish(MirrorFile file) throws IOException {
    Path from = at(String.valueOf(file.from()));
    if (file.stamp().equals(stamp(from))) {
      Path place = at(file.path());
      boolean occupied = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
      if (occupied && !mayReplace(file, stamp(place))) {
        setAside(place);
      }
      Files.createDirectories(place.resolveSibling(""));
      Files.move(from, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    journal.put(file.inPlace());
  }

  private static boolean mayReplace(MirrorFile file, @Nullable Stamp there) {
    return there != null && there.equals(file.replaces());
  }

  /** Somebody else's file: it gets out of the way and stays. */
  private void setAside(Path place) throws IOException {
    String name = String.valueOf(place.getFileName());
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    int number = 1;
    Path aside;
    do {
      String kept = name.substring(0, dot) + " (kept " + number++ + ")" + name.substring(dot);
      aside = place.resolveSibling(kept);
    } while (Files.exists(aside, LinkOption.NOFOLLOW_LINKS));
    Files.move(place, aside);
    listener.done("set aside", beneath(aside));
  }

  private String beneath(Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  private Path at(String path) {
    return directory.resolve(path);
  }

  /** Null if there is no plain file. */
  private static @Nullable Stamp stamp(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null; // also where a folder around it has become a file
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private static String nameFor(String id) {
    return id.replaceAll("[^A-Za-z0-9]", "_");
  }
}
