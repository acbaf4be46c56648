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
 * Turns the directory into the wanted state. The journal records each file before it takes its
 * place, and what it may replace; the move itself is atomic. So after a crash it is known for each
 * file whether the mirror or a person put it there.
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
   * Brings the directory to the wanted state, except for files that may not be downloaded.
   *
   * @throws Forbidden if there are such files; thrown after all others have been written
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
   * Removes everything that is no longer wanted in its place before anything is put anywhere: two
   * items may have changed places. Files that a person has changed stay.
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
    // Otherwise a person put a file or a link in its place.
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.delete(place);
      } catch (DirectoryNotEmptyException notEmpty) {
        // It stays, and belongs to the person now.
      }
    }
    journal.remove(folder);
  }

  /** Moves a file out of the way until its new place is free. */
  private void park(MirrorFile file) throws IOException {
    String parked = relative(staging.resolve("parked-" + nameFor(file.id())));
    if (file.path().equals(parked)) {
      return; // parked by an earlier run that was killed
    }
    if (!file.stamp().equals(stamp(at(file.path())))) {
      journal.remove(file); // it belongs to the person now
      return;
    }
    begin(file.movingTo(parked));
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
      return; // even if a person changed it: that version stays until the drive's changes
    }
    if (before != null && isHere) {
      move(before, path);
      return;
    }
    Path staged = staging.resolve(nameFor(item.id()));
    try {
      drive.download(ItemRef.id(item.id()), staged);
    } catch (NotFound goneMeanwhile) {
      return; // the next run's delta reports it
    } catch (Forbidden e) {
      if (!e.missingScopes().isEmpty()) {
        throw e; // every other file would fail too
      }
      refused.add(path); // for example because of a virus; the next run asks again
      refusal = refusal == null ? e : refusal;
      return;
    }
    Stamp stamp = stamp(staged);
    if (stamp == null) {
      throw new NoSuchFileException(staged.toString());
    }
    if (before != null && at(before.path()).startsWith(staging)) {
      Files.deleteIfExists(at(before.path())); // parked, and changed in the drive since
    }
    Stamp own = before != null && before.path().equals(path) ? before.stamp() : null;
    begin(
        new MirrorFile(
            item.id(),
            path,
            item.version(),
            stamp.size(),
            stamp.modified(),
            relative(staged),
            own));
    listener.done("downloaded", path);
  }

  private void move(MirrorFile parked, String path) throws IOException {
    begin(parked.movingTo(path));
    listener.done("moved", path);
  }

  private void begin(MirrorFile file) throws IOException {
    journal.put(file);
    finish(file);
  }

  /** Moves a recorded file into its place unless that has been done already. */
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

  /** Renames a person's file so that it stays. */
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
    listener.done("set aside", relative(aside));
  }

  private String relative(Path file) {
    return directory.relativize(file).toString().replace('\\', '/');
  }

  private Path at(String path) {
    return directory.resolve(path);
  }

  /** The stamp of a regular file; null if there is none. */
  private static @Nullable Stamp stamp(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null; // also if one of its parent folders has become a file
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
