package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.testkit.graph.Drive;
import dev.latchkey.testkit.graph.DriveContents;
import java.util.List;

/**
 * A drive of the {@link FakeGraph}: what a test puts there and finds there. Paths go from the root,
 * with a slash before the first name or not; names are told apart as OneDrive does, whatever their
 * case. A change here is a change that the app sees in its next delta.
 *
 * <p>Thread-safe. No method blocks, but one that reads content takes its time.
 */
public final class FakeDrive {

  private final Drive drive;
  private final DriveContents contents;

  FakeDrive(Drive drive) {
    this.drive = drive;
    this.contents = new DriveContents(drive);
  }

  /** {@return its id} */
  public String id() {
    return drive.id();
  }

  /**
   * Makes a folder, and those above it, unless they are there.
   *
   * @param path where
   * @return its id
   */
  public String addFolder(String path) {
    return contents.addFolder(path);
  }

  /**
   * Puts a file there, or new bytes into it. The folders above are made.
   *
   * @param path where
   * @param content all of it
   * @return its id
   */
  public String addFile(String path, byte[] content) {
    return contents.addFile(path, content);
  }

  /**
   * As {@link #addFile(String, byte[])}, with a text in UTF-8.
   *
   * @param path where
   * @param text all of it
   * @return its id
   */
  public String addFile(String path, String text) {
    return contents.addFile(path, text.getBytes(UTF_8));
  }

  /**
   * Puts a file of any size there, which takes no memory: its bytes are computed as they are read,
   * the same for each path and size.
   *
   * @param path where
   * @param size in bytes
   * @return its id
   */
  public String addGeneratedFile(String path, long size) {
    return contents.addGeneratedFile(path, size);
  }

  /**
   * Puts very many small files, {@code item-000000.txt} and so on, into a folder that is empty or
   * new. They take next to no memory, as they exist only while somebody looks at them.
   *
   * @param folder the path of the folder
   * @param count how many
   * @throws IllegalArgumentException if the folder is not empty
   */
  public void addManyItems(String folder, int count) {
    contents.addManyItems(folder, count);
  }

  /**
   * Moves or renames a file or folder.
   *
   * @param from its path
   * @param to its path afterwards; the folders above are made
   * @throws IllegalArgumentException if there is none, or the name is taken
   */
  public void move(String from, String to) {
    contents.move(from, to);
  }

  /**
   * Deletes a file, or a folder with all that is in it.
   *
   * @param path its path
   * @throws IllegalArgumentException if there is none
   */
  public void delete(String path) {
    contents.delete(path);
  }

  /**
   * Whether there is a file or folder.
   *
   * @param path where
   * @return true if there is one
   */
  public boolean exists(String path) {
    return contents.exists(path);
  }

  /**
   * The names in a folder.
   *
   * @param folder its path; empty for the root
   * @return in the order of the alphabet
   * @throws IllegalArgumentException if there is no such folder
   */
  public List<String> names(String folder) {
    return contents.names(folder);
  }

  /**
   * The id of a file or folder.
   *
   * @param path its path; empty for the root
   * @return the id, the same for as long as the item lives
   * @throws IllegalArgumentException if there is none
   */
  public String itemId(String path) {
    return contents.itemId(path);
  }

  /**
   * All bytes of a file, in memory.
   *
   * @param path its path
   * @return the bytes
   * @throws IllegalArgumentException if there is none
   */
  public byte[] fileContent(String path) {
    return contents.content(path).bytes();
  }

  /**
   * The content of a file, as UTF-8.
   *
   * @param path its path
   * @return the text
   * @throws IllegalArgumentException if there is none
   */
  public String fileText(String path) {
    return new String(fileContent(path), UTF_8);
  }

  /**
   * The size of a file.
   *
   * @param path its path
   * @return in bytes
   * @throws IllegalArgumentException if there is none
   */
  public long size(String path) {
    return contents.content(path).size();
  }

  /**
   * The SHA-256 of a file, however large.
   *
   * @param path its path
   * @return in lower-case hex
   * @throws IllegalArgumentException if there is none
   */
  public String sha256(String path) {
    return contents.content(path).sha256();
  }

  /**
   * Sets how much room there is. What finds none is answered 507, {@code quotaLimitReached}.
   * Default 1 TiB.
   *
   * @param bytes what all files together may take
   */
  public void quota(long bytes) {
    contents.quota(bytes);
  }

  /**
   * Makes all delta links and their next links too old: 410 with the code {@code
   * resyncChangesApplyDifferences}.
   */
  public void expireDeltaTokens() {
    expireDeltaTokens("resyncChangesApplyDifferences");
  }

  /**
   * As {@link #expireDeltaTokens()}, with this code.
   *
   * @param code for example {@code resyncChangesUploadDifferences}
   */
  public void expireDeltaTokens(String code) {
    contents.expireTokens(code);
  }
}
