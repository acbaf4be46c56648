package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.drive.GeneratedBytes;
import dev.latchkey.testkit.internal.graph.drive.NameConflict;
import dev.latchkey.testkit.internal.graph.drive.StoredDrive;
import dev.latchkey.testkit.internal.graph.drive.StoredItem;
import dev.latchkey.testkit.internal.graph.drive.Target;
import dev.latchkey.testkit.internal.http.Bytes;
import dev.latchkey.testkit.internal.http.BytesInMemory;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A drive of the {@link FakeGraph}, to prepare and to check by a test. Paths start at the root,
 * with or without a leading slash; as at OneDrive, names that differ only in case are the same. The
 * app sees each change in its next delta.
 *
 * <p>Thread-safe. No method blocks, but reading content takes time in proportion to its size.
 */
public final class FakeDrive {

  private final StoredDrive drive;

  FakeDrive(StoredDrive drive) {
    this.drive = drive;
  }

  /** {@return its id} */
  public String id() {
    return drive.id;
  }

  /**
   * Creates a folder and the folders above it, unless they exist.
   *
   * @param path the path of the folder
   * @return its id
   * @throws IllegalArgumentException if a name is invalid or taken by a file
   */
  public String addFolder(String path) {
    return change(() -> drive.folders(drive.root(), StoredDrive.names(path)).id);
  }

  /**
   * Creates a file, or replaces its content. Creates the folders above it.
   *
   * @param path the path of the file
   * @param content all its bytes
   * @return its id
   * @throws IllegalArgumentException if a name is invalid or taken by something else
   */
  public String addFile(String path, byte[] content) {
    return put(path, new BytesInMemory(content));
  }

  /**
   * Like {@link #addFile(String, byte[])}, with a text in UTF-8.
   *
   * @param path the path of the file
   * @param text all its content
   * @return its id
   */
  public String addFile(String path, String text) {
    return put(path, BytesInMemory.of(text));
  }

  /**
   * Creates a file of any size that takes no memory: its bytes are computed when they are read, the
   * same for each path and size.
   *
   * @param path the path of the file
   * @param size in bytes
   * @return its id
   */
  public String addGeneratedFile(String path, long size) {
    return put(path, new GeneratedBytes(path.hashCode(), size));
  }

  private String put(String path, Bytes content) {
    return change(() -> target(path).put(drive, content, NameConflict.REPLACE).id);
  }

  private Target target(String path) {
    List<String> names = StoredDrive.names(path);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("The root is always a folder");
    }
    StoredItem folder = drive.folders(drive.root(), names.subList(0, names.size() - 1));
    String name = names.get(names.size() - 1);
    return new Target(folder, name, drive.child(folder, name));
  }

  /**
   * Fills an empty or new folder with many files of 1000 bytes: {@code item-000000.txt} and so on.
   * They take almost no memory, since each exists only while it is looked at.
   *
   * @param folder the path of the folder
   * @param count how many
   * @throws IllegalArgumentException if the folder is not empty
   */
  public void addManyItems(String folder, int count) {
    change(
        () -> {
          drive.addMany(drive.folders(drive.root(), StoredDrive.names(folder)), count);
          return folder;
        });
  }

  /**
   * Moves or renames a file or folder. Creates the folders above the new path.
   *
   * @param from its path
   * @param to its new path
   * @throws IllegalArgumentException if nothing is at the path, or the new name is taken
   */
  public void move(String from, String to) {
    change(
        () -> {
          Target target = target(to);
          return drive.move(get(from), target.folder(), target.name());
        });
  }

  /**
   * Deletes a file, or a folder and everything in it.
   *
   * @param path its path
   * @throws IllegalArgumentException if nothing is at the path, or it is the root
   */
  public void delete(String path) {
    change(
        () -> {
          drive.delete(get(path));
          return path;
        });
  }

  /**
   * Whether a file or folder exists.
   *
   * @param path its path
   * @return true if it exists
   */
  public boolean exists(String path) {
    return find(path) != null;
  }

  /**
   * The names in a folder.
   *
   * @param folder its path; empty for the root
   * @return in alphabetical order, ignoring case
   * @throws IllegalArgumentException if there is no such folder
   */
  public List<String> names(String folder) {
    Comparator<StoredItem> byName =
        Comparator.comparing(item -> item.name, String.CASE_INSENSITIVE_ORDER);
    return drive.children(get(folder)).from(0, byName).map(item -> item.name).toList();
  }

  /**
   * The id of a file or folder, which it keeps as long as it exists.
   *
   * @param path its path; empty for the root
   * @return the id
   * @throws IllegalArgumentException if nothing is at the path
   */
  public String itemId(String path) {
    return get(path).id;
  }

  /**
   * All bytes of a file, in memory.
   *
   * @param path its path
   * @return the bytes
   * @throws IllegalArgumentException if there is no such file
   */
  public byte[] fileContent(String path) {
    return content(path).bytes();
  }

  /**
   * The content of a file, decoded as UTF-8.
   *
   * @param path its path
   * @return the text
   * @throws IllegalArgumentException if there is no such file
   */
  public String fileText(String path) {
    return new String(fileContent(path), UTF_8);
  }

  /**
   * The size of a file.
   *
   * @param path its path
   * @return in bytes
   * @throws IllegalArgumentException if there is no such file
   */
  public long size(String path) {
    return content(path).size();
  }

  /**
   * The SHA-256 of a file of any size.
   *
   * @param path its path
   * @return in lower-case hex
   * @throws IllegalArgumentException if there is no such file
   */
  public String sha256(String path) {
    return content(path).sha256();
  }

  /**
   * Sets the quota. An upload that exceeds it is answered 507, {@code quotaLimitReached}. Default 1
   * TiB.
   *
   * @param bytes the limit for all files together
   */
  public void quota(long bytes) {
    drive.quota(bytes);
  }

  /**
   * Expires all delta links and their next links: 410 with the code {@code
   * resyncChangesApplyDifferences}.
   */
  public void expireDeltaTokens() {
    expireDeltaTokens("resyncChangesApplyDifferences");
  }

  /**
   * Like {@link #expireDeltaTokens()}, with this code.
   *
   * @param code for example {@code resyncChangesUploadDifferences}
   */
  public void expireDeltaTokens(String code) {
    drive.expireTokens(code);
  }

  private @Nullable StoredItem find(String path) {
    return drive.find(drive.root(), path);
  }

  private StoredItem get(String path) {
    StoredItem item = find(path);
    if (item == null) {
      throw new IllegalArgumentException("There is no " + path);
    }
    return item;
  }

  private Bytes content(String path) {
    Bytes content = get(path).content;
    if (content == null) {
      throw new IllegalArgumentException(path + " is a folder");
    }
    return content;
  }

  /** Makes one change, and reports as a wrong argument what Graph reports as an error. */
  private <T> T change(Supplier<T> change) {
    synchronized (drive) {
      try {
        return change.get();
      } catch (GraphFailure failure) {
        throw new IllegalArgumentException(failure.getMessage(), failure);
      }
    }
  }
}
