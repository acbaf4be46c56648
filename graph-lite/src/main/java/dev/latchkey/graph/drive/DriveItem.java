package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.internal.json.GraphJson;
import dev.latchkey.internal.json.Json;
import dev.latchkey.internal.json.JsonInstants;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder. A member that Graph left out is null.
 *
 * @param id constant for as long as the item is in its drive
 * @param name the name, without the path
 * @param size in bytes; of a folder, with all its contents
 * @param eTag changes with every change of the item
 * @param cTag changes with the content of a file
 * @param created when the drive received the item
 * @param lastModified when the drive saw the last change
 * @param webUrl shows the item in a browser
 * @param parent the folder that contains it
 * @param folder present only for folders
 * @param file present only for files
 * @param deleted whether a delta reports the item as deleted
 * @see <a href="https://learn.microsoft.com/graph/api/resources/driveitem">driveItem resource
 *     type</a>
 * @see dev.latchkey.graph.GraphClient
 */
public record DriveItem(
    String id,
    @Nullable String name,
    @Nullable Long size,
    @Nullable String eTag,
    @Nullable String cTag,
    @Nullable Instant created,
    @Nullable Instant lastModified,
    @Nullable String webUrl,
    @Nullable Parent parent,
    @Nullable Folder folder,
    @Nullable File file,
    boolean deleted) {

  /**
   * The folder that contains an item.
   *
   * @param driveId the drive
   * @param id the folder
   * @param path the folder's path, encoded, such as {@code /drives/b!x/root:/Reports}; deltas of
   *     SharePoint leave it out
   */
  public record Parent(@Nullable String driveId, @Nullable String id, @Nullable String path) {

    static Parent read(JsonObject json) {
      return new Parent(
          Json.stringOrNull(json, "driveId"),
          Json.stringOrNull(json, "id"),
          Json.stringOrNull(json, "path"));
    }
  }

  /**
   * The members that only folders have.
   *
   * @param childCount the number of items directly in it
   */
  public record Folder(@Nullable Long childCount) {

    static Folder read(JsonObject json) {
      return new Folder(Json.whole(json, "childCount", RoundingMode.DOWN));
    }
  }

  /**
   * The members that only files have.
   *
   * @param mimeType the server's guess
   * @param quickXorHash Base64; OneDrive and SharePoint add it some time after an upload
   * @param sha256Hash hexadecimal; rarely present
   */
  public record File(
      @Nullable String mimeType, @Nullable String quickXorHash, @Nullable String sha256Hash) {

    static File read(JsonObject json) {
      JsonObject hashes = GraphJson.child(json, "hashes");
      return new File(
          Json.stringOrNull(json, "mimeType"),
          Json.stringOrNull(hashes, "quickXorHash"),
          Json.stringOrNull(hashes, "sha256Hash"));
    }
  }

  /**
   * Names this item by its id.
   *
   * @return the reference
   */
  public ItemRef ref() {
    return ItemRef.id(id);
  }

  /**
   * Whether it is a folder.
   *
   * @return false for files, and where Graph left out which it is
   */
  public boolean isFolder() {
    return folder != null;
  }

  /**
   * Whether it is a file.
   *
   * @return false for folders and notebooks, and where Graph left out which it is
   */
  public boolean isFile() {
    return file != null;
  }

  /**
   * Reads Graph's JSON, such as the body of a batch's response.
   *
   * @param json a driveItem
   * @return the item
   * @throws RuntimeException if it has no id
   */
  public static DriveItem fromJson(JsonObject json) {
    return new DriveItem(
        Json.requiredString(json, "id"),
        Json.stringOrNull(json, "name"),
        Json.whole(json, "size", RoundingMode.DOWN),
        Json.stringOrNull(json, "eTag"),
        Json.stringOrNull(json, "cTag"),
        JsonInstants.read(json, "createdDateTime"),
        JsonInstants.read(json, "lastModifiedDateTime"),
        Json.stringOrNull(json, "webUrl"),
        GraphJson.read(json, "parentReference", Parent::read),
        GraphJson.read(json, "folder", Folder::read),
        GraphJson.read(json, "file", File::read),
        GraphJson.object(json, "deleted") != null);
  }
}
