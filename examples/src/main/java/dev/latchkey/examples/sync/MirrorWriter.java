package dev.latchkey.examples.sync;

import dev.latchkey.examples.sync.MirrorFile.Stamp;
import dev.latchkey.graph.drive.ItemRef;
import dev.latchkey.graph.error.GraphException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the directory into the wanted state. The journal records each file before it takes its
 * place, and what it may replace; the move itself is atomic. So after a crash it is known for each
 * file whether the mirror or a person put it there.
 *
 * <p>What goes wrong with one item is reported, and the others go on.
 */
final class MirrorWriter {

  private final MirrorPlaces places;
  private final FileSource source;
  private final SyncJournal journal;
  private final SyncReport report;

  /** The folders that could not be created, each with a slash at its end. */
  private final Set<String> missing = new HashSet<>();

  /** The ids of the files that get no further attempt in this run. */
  private final Set<String> settled = new HashSet<>();

  /** The paths of the items that are in their places, by what is there. */
  private final Map<Object, String> taken = new HashMap<>();

  MirrorWriter(MirrorPlaces places, FileSource source, SyncJournal journal, SyncReport report) {
    this.places = places;
    this.source = source;
    this.journal = journal;
    this.report = report;
  }

  /** Brings the directory to the wanted state, except for what is reported as left out. */
  void become(Map<String, DriveEntry> wanted) {
    for (MirrorFile file : journal.local()) {
      if (file.from() != null && !LocalNames.isUnwritable(file.path())) {
        resume(file);
      }
    }
    Map<String, String> paths = new HashMap<>();
    wanted.forEach((path, item) -> paths.put(item.id(), path));
    clear(paths);
    for (MirrorFile file : journal.local()) {
      if (file.path().equals(paths.get(file.id()))) {
        takeIfPossible(file.path());
      }
    }
    Set<String> failedBefore = Set.copyOf(journal.failed());
    for (Map.Entry<String, DriveEntry> each : wanted.entrySet()) {
      if (!failedBefore.contains(each.getValue().id())) {
        put(each.getKey(), each.getValue(), source.isHasty());
      }
    }
    source.beginLastRound();
    for (String id : journal.failed()) {
      String path = paths.get(id);
      if (path != null && !settled.contains(id)) {
        put(path, Objects.requireNonNull(wanted.get(path)), false);
      }
    }
  }

  /**
   * Removes everything that is no longer wanted in its place before anything is put anywhere: two
   * items may have changed places. Files that a person has changed stay.
   */
  private void clear(Map<String, String> paths) {
    List<MirrorFile> innerOnesFirst =
        journal.local().stream()
            .filter(file -> !file.path().equals(paths.get(file.id())))
            .filter(file -> !LocalNames.isUnwritable(file.path()))
            .sorted(Comparator.comparing(MirrorFile::path).reversed())
            .toList();
    for (MirrorFile file : innerOnesFirst) {
      try {
        if (file.isFolder()) {
          removeIfEmpty(file);
        } else if (paths.containsKey(file.id())) {
          park(file);
        } else {
          remove(file);
        }
      } catch (IOException e) {
        report.leftOut(file.path(), e); // the next run tries again
      }
    }
  }

  private void remove(MirrorFile file) throws IOException {
    if (file.stamp().equals(places.stamp(file.path()))) {
      Files.delete(places.at(file.path()));
      if (!places.isStaged(file.path())) {
        report.done("deleted", file.path());
      }
    }
    journal.remove(file);
  }

  private void removeIfEmpty(MirrorFile folder) throws IOException {
    // Otherwise a person put a file or a link in its place.
    if (places.isFolder(folder.path())) {
      try {
        Files.delete(places.at(folder.path()));
      } catch (DirectoryNotEmptyException notEmpty) {
        // It stays, and belongs to the person now.
      }
    }
    journal.remove(folder);
  }

  /** Moves a file out of the way until its new place is free. */
  private void park(MirrorFile file) throws IOException {
    if (places.isStaged(file.path())) {
      return; // it is out of the way since an earlier run
    }
    if (file.stamp().equals(places.stamp(file.path()))) {
      begin(file.movingTo(places.parked(file.id())));
    } else {
      journal.remove(file); // it belongs to the person now
    }
  }

  /**
   * Puts an item into its place.
   *
   * @param again whether a file at which Graph fails gets another attempt in the last round
   */
  private void put(String path, DriveEntry item, boolean again) {
    if (missing.stream().anyMatch(path::startsWith)) {
      return; // reported with its folder
    }
    try {
      places.check(path);
      Object there = places.identity(path);
      String other = there == null ? null : taken.get(there);
      if (other != null && !other.equals(path)) {
        throw new FileSystemException(
            path, null, "on this disk the name is the same as that of " + other);
      }
      if (item.folder()) {
        folder(path, item);
      } else {
        file(path, item);
        journal.worked(item.id());
      }
      take(path);
    } catch (IOException | GraphException | IllegalArgumentException e) {
      leaveOut(path, item, e, again);
    }
  }

  private void leaveOut(String path, DriveEntry item, Exception cause, boolean again) {
    if (cause instanceof GraphException refusal && !source.isAboutTheItem(refusal)) {
      throw refusal;
    }
    if (FileSource.isFailure(cause)) {
      journal.failed(item.id());
      if (again) {
        return;
      }
      settled.add(item.id());
    }
    if (item.folder()) {
      missing.add(path + "/");
    }
    report.leftOut(path, cause);
  }

  private void take(String path) throws IOException {
    Object there = places.identity(path);
    if (there != null) {
      taken.putIfAbsent(there, path);
    }
  }

  private void takeIfPossible(String path) {
    try {
      take(path);
    } catch (IOException unreadable) {
      // Reported when it is put into its place.
    }
  }

  private void folder(String path, DriveEntry item) throws IOException {
    if (!places.isFolder(path)) {
      if (places.exists(places.at(path))) {
        setAside(places.at(path));
      }
      Files.createDirectory(places.at(path));
    }
    if (journal.local(item.id()) == null) {
      journal.put(MirrorFile.folder(item.id(), path));
    }
  }

  private void file(String path, DriveEntry item) throws IOException {
    MirrorFile before = journal.local(item.id());
    boolean isHere = before != null && isHere(before, item);
    if (before != null && isHere && before.path().equals(path)) {
      return; // even if a person changed it: that version stays until the drive's changes
    }
    if (before != null && isHere) {
      begin(before.movingTo(path));
      report.done("moved", path);
      return;
    }
    String staged = places.staged(item.id());
    try {
      if (!source.download(ItemRef.id(item.id()), places.at(staged))) {
        return; // the next run's delta reports it
      }
    } catch (IOException | GraphException e) {
      if (before != null && before.path().equals(places.parked(item.id()))) {
        begin(before.movingTo(path)); // the old version rather than none
      }
      throw e;
    }
    Stamp stamp = places.stamp(staged);
    if (stamp == null) {
      throw new NoSuchFileException(staged);
    }
    if (before != null && before.path().equals(places.parked(item.id()))) {
      Files.deleteIfExists(places.at(before.path())); // changed in the drive since
    }
    begin(
        new MirrorFile(
            item.id(),
            path,
            item.version(),
            stamp.size(),
            stamp.modified(),
            staged,
            mayReplace(before, path)));
    report.done("downloaded", path);
  }

  private boolean isHere(MirrorFile before, DriveEntry item) throws IOException {
    Stamp there = places.stamp(before.path());
    return String.valueOf(item.version()).equals(before.version())
        && there != null
        && (there.equals(before.stamp()) || !places.isStaged(before.path()));
  }

  /** The stamp of the mirror's own file, which a new version may replace. */
  private @Nullable Stamp mayReplace(@Nullable MirrorFile before, String path) {
    if (before == null) {
      return null;
    }
    return before.path().equals(path) ? before.stamp() : before.replaces();
  }

  private void begin(MirrorFile file) throws IOException {
    journal.put(file);
    try {
      finish(file);
    } catch (IOException e) {
      giveUp(file);
      throw e;
    }
  }

  /** Finishes what an earlier run began, or gives it up: then this run begins it anew. */
  private void resume(MirrorFile file) {
    try {
      finish(file);
    } catch (IOException | IllegalArgumentException e) {
      giveUp(file);
    }
  }

  /** Moves a recorded file into its place unless that has been done already. */
  private void finish(MirrorFile file) throws IOException {
    String from = String.valueOf(file.from());
    if (file.stamp().equals(places.stamp(from))) {
      places.check(file.path());
      places.makeFolders(file.path());
      Path place = places.at(file.path());
      if (places.exists(place) && !isReplaceable(file, places.stamp(file.path()))) {
        setAside(place);
      }
      Files.move(
          places.at(from),
          place,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    journal.put(file.inPlace());
  }

  /** Corrects the record of a file that cannot be moved: no later run is to fail at it. */
  private void giveUp(MirrorFile file) {
    boolean stays;
    try {
      stays = file.stamp().equals(places.stamp(String.valueOf(file.from())));
    } catch (IOException unreadable) {
      stays = true;
    }
    if (stays) {
      journal.put(file.staying());
    } else {
      journal.remove(file);
    }
  }

  private static boolean isReplaceable(MirrorFile file, @Nullable Stamp there) {
    return there != null && Objects.equals(there, file.replaces());
  }

  /** Renames a person's file so that it stays. */
  private void setAside(Path place) throws IOException {
    Path aside = places.aside(place);
    Files.move(place, aside);
    report.done("set aside", places.relative(aside));
  }
}
