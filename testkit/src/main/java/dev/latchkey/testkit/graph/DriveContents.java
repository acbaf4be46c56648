package dev.latchkey.testkit.graph;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A drive by paths, for whoever comes not by HTTP. */
public final class DriveContents {

  private final Drive drive;

  /** Shows this drive. */
  public DriveContents(Drive drive) {
    this.drive = drive;
  }

  /** Makes the folder, and those above it, unless they are there; answers its id. */
  public String addFolder(String path) {
    return plainly(() -> drive.folders(drive.root(), Drive.names(path)).id);
  }

  /** Puts the file there; answers its id. */
  public String addFile(String path, byte[] content) {
    return put(path, new BytesContent(content));
  }

  /** Puts a file of this size there; answers its id. */
  public String addGeneratedFile(String path, long size) {
    return put(path, new GeneratedContent(path.hashCode(), size));
  }

  private String put(String path, Content content) {
    return plainly(
        () -> {
          synchronized (drive) {
            return target(path).put(drive, content, Conflict.REPLACE).id;
          }
        });
  }

  private Target target(String path) {
    List<String> names = Drive.names(path);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("The root is there already, and is a folder");
    }
    Item folder = drive.folders(drive.root(), names.subList(0, names.size() - 1));
    String name = names.get(names.size() - 1);
    return new Target(folder, name, drive.child(folder, name));
  }

  /** Puts so many small files into the folder. */
  public void addManyItems(String folder, int count) {
    plainly(
        () -> {
          drive.addMany(drive.folders(drive.root(), Drive.names(folder)), count);
          return folder;
        });
  }

  /** Moves or renames. */
  public void move(String from, String to) {
    plainly(
        () -> {
          synchronized (drive) {
            Target target = target(to);
            return drive.move(get(from), target.folder(), target.name());
          }
        });
  }

  /** Deletes it and all that is in it. */
  public void delete(String path) {
    plainly(
        () -> {
          synchronized (drive) {
            drive.delete(get(path));
            return path;
          }
        });
  }

  /** Whether there is something. */
  public boolean exists(String path) {
    return find(path) != null;
  }

  /** The names in a folder, sorted. */
  public List<String> names(String folder) {
    Comparator<Item> byName =
        Comparator.comparing(item -> item.name, String.CASE_INSENSITIVE_ORDER);
    return drive.children(get(folder)).from(0, byName).map(item -> item.name).toList();
  }

  /** The id of what is there. */
  public String itemId(String path) {
    return get(path).id;
  }

  /** What is in the file. */
  public Content content(String path) {
    Content content = get(path).content;
    if (content == null) {
      throw new IllegalArgumentException(path + " is a folder");
    }
    return content;
  }

  /** How much all files may take. */
  public void quota(long bytes) {
    drive.quota(bytes);
  }

  /** Makes the delta tokens so far too old. */
  public void expireTokens(String code) {
    drive.expireTokens(code);
  }

  private @Nullable Item find(String path) {
    return drive.find(drive.root(), path);
  }

  private Item get(String path) {
    Item item = find(path);
    if (item == null) {
      throw new IllegalArgumentException("There is no " + path);
    }
    return item;
  }

  /** Says to a test as a wrong argument what a client is told as an error of Graph. */
  private static <T> T plainly(Supplier<T> change) {
    try {
      return change.get();
    } catch (GraphFailure failure) {
      throw new IllegalArgumentException(failure.getMessage(), failure);
    }
  }
}
