package dev.latchkey.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.graph.Listing;
import dev.latchkey.graph.http.Answer;
import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Members;
import dev.latchkey.graph.http.Pages;
import dev.latchkey.internal.json.Json;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder, as Graph shows it. What Graph left out is null.
 *
 * @param id the same for as long as the item is in its drive
 * @param name without the path
 * @param size in bytes; of a folder, with all that is in it
 * @param eTag changes with any change of the item
 * @param cTag changes with the content of a file
 * @param created when it came to the drive
 * @param lastModified when the drive saw the last change
 * @param webUrl where a browser shows it
 * @param parent where it is
 * @param folder what only folders have
 * @param file what only files have
 * @param deleted whether a delta says that it is gone
 * @see <a href="https://learn.microsoft.com/graph/api/resources/driveitem">driveItem resource
 *     type</a>
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
   * Where an item is.
   *
   * @param driveId its drive
   * @param id the folder around it
   * @param path of that folder, encoded, such as {@code /drives/b!x/root:/Reports}; deltas of
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
   * What only folders have.
   *
   * @param childCount how many items are directly in it
   */
  public record Folder(@Nullable Long childCount) {

    static Folder read(JsonObject json) {
      return new Folder(Json.whole(json, "childCount", RoundingMode.DOWN));
    }
  }

  /**
   * What only files have.
   *
   * @param mimeType by the server's guess
   * @param quickXorHash Base64; OneDrive and SharePoint give it some time after an upload
   * @param sha256Hash hexadecimal; rarely there
   */
  public record File(
      @Nullable String mimeType, @Nullable String quickXorHash, @Nullable String sha256Hash) {

    static File read(JsonObject json) {
      JsonObject hashes = Members.child(json, "hashes");
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
   * @return false of files, and where Graph left out what it is
   */
  public boolean isFolder() {
    return folder != null;
  }

  /**
   * Whether it is a file.
   *
   * @return false of folders, notebooks, and where Graph left out what it is
   */
  public boolean isFile() {
    return file != null;
  }

  /** Reads one that is the whole answer. */
  static DriveItem of(Answer answer) {
    return answer.read(DriveItem::read);
  }

  /** Reads a listing of them. */
  static Listing<DriveItem> list(GraphHttp http, Call first) {
    return new Pages<>(http, first, DriveItem::read);
  }

  static DriveItem read(JsonObject json) {
    return new DriveItem(
        Json.requiredString(json, "id"),
        Json.stringOrNull(json, "name"),
        Json.whole(json, "size", RoundingMode.DOWN),
        Json.stringOrNull(json, "eTag"),
        Json.stringOrNull(json, "cTag"),
        Members.instant(json, "createdDateTime"),
        Members.instant(json, "lastModifiedDateTime"),
        Json.stringOrNull(json, "webUrl"),
        Members.read(json, "parentReference", Parent::read),
        Members.read(json, "folder", Folder::read),
        Members.read(json, "file", File::read),
        Members.object(json, "deleted") != null);
  }
}
