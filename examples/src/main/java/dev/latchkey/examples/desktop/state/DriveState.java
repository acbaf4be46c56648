package dev.latchkey.examples.desktop.state;

import dev.latchkey.graph.drive.DriveItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The files.
 *
 * @param current the folder that is shown
 * @param folders what is in the folders that were opened, by their ids
 * @param transfers uploads and downloads, the latest last
 */
public record DriveState(
    Folder current, Map<String, Listed<DriveItem>> folders, List<Transfer> transfers) {

  static final DriveState EMPTY = new DriveState(Folder.ROOT, Map.of(), List.of());

  /** Copies both. */
  public DriveState {
    folders = Map.copyOf(folders);
    transfers = List.copyOf(transfers);
  }

  /** What is in a folder. */
  public Listed<DriveItem> in(String folderId) {
    return folders.getOrDefault(folderId, Listed.notAsked());
  }

  /** What is in the folder that is shown. */
  public Listed<DriveItem> shown() {
    return in(current.id());
  }

  public long running() {
    return transfers.stream().filter(Transfer::isRunning).count();
  }

  DriveState opening(Folder folder) {
    return new DriveState(folder, folders, transfers);
  }

  DriveState listed(String folderId, UnaryOperator<Listed<DriveItem>> change) {
    Map<String, Listed<DriveItem>> changed = new LinkedHashMap<>(folders);
    changed.put(folderId, change.apply(in(folderId)));
    return new DriveState(current, changed, transfers);
  }

  DriveState begun(Transfer transfer) {
    List<Transfer> more = new ArrayList<>(transfers);
    more.add(transfer);
    return new DriveState(current, folders, more);
  }

  /** Changes a transfer that is still running; one that has ended stays as it ended. */
  DriveState moved(int id, UnaryOperator<Transfer> change) {
    return new DriveState(
        current,
        folders,
        transfers.stream()
            .map(each -> each.id() == id && each.isRunning() ? change.apply(each) : each)
            .toList());
  }

  DriveState cleared() {
    return new DriveState(
        current, folders, transfers.stream().filter(Transfer::isRunning).toList());
  }
}
