package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.team.StoredTeam;
import dev.latchkey.testkit.internal.graph.team.StoredTeams;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the drive and the item that a path names, and checks the caller's access. */
public final class DriveAccess {

  /** A drive: the caller's own, by id, of a site, or of a team. */
  static final String DRIVE =
      "(?:/me/drive|/drives/(?<drive>[^/]+)|/sites/(?<site>[^/:]+)/drive"
          + "|/sites/(?<host>[^/:]+):(?<sitePath>/[^:]*):/drive|/groups/(?<team>[^/]+)/drive)";

  /** An item of a drive: the root, by id, or by a path below one of these. */
  public static final String ITEM =
      DRIVE + "(?:/root|/items/(?<item>[^/:]+))(?::(?<path>/[^:]*)(?::|$))?";

  private final StoredDrives drives;
  private final StoredTeams teams;

  public DriveAccess(StoredDrives drives, StoredTeams teams) {
    this.drives = drives;
    this.teams = teams;
  }

  public StoredDrive toRead(RoutedCall call) {
    return drive(call, Permission.OWN_FILES_READ, Permission.FILES_READ);
  }

  public StoredDrive toWrite(RoutedCall call) {
    return drive(call, Permission.OWN_FILES_WRITE, Permission.FILES_WRITE);
  }

  private StoredDrive drive(RoutedCall call, Permission ofOwn, Permission ofOthers) {
    StoredDrive own = drives.of(call.person());
    StoredDrive drive = named(call, own);
    Permission needed = drive == own ? ofOwn : ofOthers;
    call.require(
        needed, () -> denied("Either scp or roles claim need to be present in the token."));
    if (drive == null) {
      throw GraphFailure.itemNotFound();
    }
    if (drive != own && !isShared(drive, call.person())) {
      throw denied("The caller does not have permission to perform the action.");
    }
    return drive;
  }

  private static GraphFailure denied(String message) {
    return GraphFailure.of(403, "accessDenied", message);
  }

  private @Nullable StoredDrive named(RoutedCall call, StoredDrive own) {
    String drive = call.part("drive");
    if (drive != null) {
      return drives.find(drive);
    }
    String site = call.part("site");
    if (site != null) {
      return library(each -> each.id().equals(site));
    }
    String host = call.part("host");
    if (host != null) {
      return library(each -> each.isAt(host, call.id("sitePath")));
    }
    String team = call.part("team");
    if (team != null) {
      return teams.find(team) == null ? null : drives.ofGroup(team);
    }
    return own;
  }

  private @Nullable StoredDrive library(Predicate<StoredSite> wanted) {
    return drives.sites().stream()
        .filter(wanted)
        .map(site -> drives.ofGroup(site.id()))
        .findFirst()
        .orElse(null);
  }

  private boolean isShared(StoredDrive drive, GraphUser person) {
    if (drive.kind != StoredDrive.Kind.LIBRARY || person.personal()) {
      return false;
    }
    StoredTeam team = teams.find(drive.owner);
    return team == null || team.hasMember(person);
  }

  /** The item. Fails if it does not exist. */
  public static StoredItem item(RoutedCall call, StoredDrive drive) {
    StoredItem item = find(call, drive);
    if (item == null) {
      throw GraphFailure.itemNotFound();
    }
    return item;
  }

  static StoredItem folder(RoutedCall call, StoredDrive drive) {
    StoredItem item = item(call, drive);
    if (!item.isFolder()) {
      throw GraphFailure.invalidRequest("The item is not a folder.");
    }
    return item;
  }

  /** The item, or null if nothing is at the path. */
  static @Nullable StoredItem find(RoutedCall call, StoredDrive drive) {
    String path = call.part("path");
    return path == null ? base(call, drive) : drive.find(base(call, drive), path);
  }

  private static StoredItem base(RoutedCall call, StoredDrive drive) {
    String id = call.part("item");
    return id == null || id.equals("root") ? drive.root() : drive.get(id);
  }

  /** Where to write: an item that exists or not. Creates the folders above it. */
  public static Target target(RoutedCall call, StoredDrive drive) {
    String path = call.part("path");
    StoredItem base = base(call, drive);
    if (path == null) {
      StoredItem parent = base.parent;
      if (parent == null || base.isFolder()) {
        throw GraphFailure.invalidRequest("A folder has no content.");
      }
      return new Target(parent, base.name, base);
    }
    List<String> names = StoredDrive.names(path);
    if (names.isEmpty()) {
      throw GraphFailure.invalidRequest("A folder has no content.");
    }
    StoredItem folder = drive.folders(base, names.subList(0, names.size() - 1));
    String name = names.get(names.size() - 1);
    ItemNames.check(name);
    return new Target(folder, name, drive.child(folder, name));
  }

  /** Fails unless {@code If-Match}, if sent, is the ETag or cTag of the item. */
  public static void checkMatch(RoutedCall call, @Nullable StoredItem item) {
    String wanted = call.header("If-Match");
    if (wanted != null
        && !wanted.equals("*")
        && (item == null || !(wanted.equals(item.eTag()) || wanted.equals(item.cTag())))) {
      throw GraphFailure.of(
          412,
          "resourceModified",
          "The resource has changed since the caller last read it; usually an eTag mismatch.",
          "entityTagDoesNotMatch");
    }
  }
}
