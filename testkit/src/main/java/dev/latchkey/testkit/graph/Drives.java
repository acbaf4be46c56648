package dev.latchkey.testkit.graph;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the drive and the item that a path names, if the caller may. */
final class Drives {

  /** A drive: mine, by id, of a site, of a team. */
  static final String DRIVE =
      "(?:/me/drive|/drives/(?<drive>[^/]+)|/sites/(?<site>[^/:]+)/drive"
          + "|/sites/(?<host>[^/:]+):(?<sitePath>/[^:]*):/drive|/groups/(?<team>[^/]+)/drive)";

  /** An item of it: the root, by id, or by a path from one of them. */
  static final String ITEM = DRIVE + "(?:/root|/items/(?<item>[^/:]+))(?::(?<path>/[^:]*)(?::|$))?";

  private final World world;

  Drives(World world) {
    this.world = world;
  }

  Drive toRead(Call call) {
    return drive(call, Permission.OWN_FILES_READ, Permission.FILES_READ);
  }

  Drive toWrite(Call call) {
    return drive(call, Permission.OWN_FILES_WRITE, Permission.FILES_WRITE);
  }

  private Drive drive(Call call, Permission ofOwn, Permission ofOthers) {
    Drive own = world.driveOf(call.person());
    Drive drive = named(call, own);
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

  private @Nullable Drive named(Call call, Drive own) {
    String drive = call.part("drive");
    if (drive != null) {
      return world.drive(drive);
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
      Team found = world.team(team);
      return found == null ? null : world.driveOf(found);
    }
    return own;
  }

  private @Nullable Drive library(Predicate<Site> wanted) {
    return world.sites().stream().filter(wanted).map(world::driveOf).findFirst().orElse(null);
  }

  private boolean isShared(Drive drive, Person person) {
    if (drive.kind != Drive.Kind.LIBRARY || person.personal()) {
      return false;
    }
    Team team = world.team(drive.owner);
    return team == null || team.hasMember(person);
  }

  /** The item, which is there. */
  static Item item(Call call, Drive drive) {
    Item item = find(call, drive);
    if (item == null) {
      throw GraphFailure.itemNotFound();
    }
    return item;
  }

  static Item folder(Call call, Drive drive) {
    Item item = item(call, drive);
    if (!item.isFolder()) {
      throw GraphFailure.invalidRequest("The item is not a folder.");
    }
    return item;
  }

  /** The item, or null if there is none at the path. */
  static @Nullable Item find(Call call, Drive drive) {
    String path = call.part("path");
    return path == null ? base(call, drive) : drive.find(base(call, drive), path);
  }

  private static Item base(Call call, Drive drive) {
    String id = call.part("item");
    return id == null || id.equals("root") ? drive.root() : drive.get(id);
  }

  /** The item to be written: there or not, and the folders above made if need be. */
  static Target target(Call call, Drive drive) {
    String path = call.part("path");
    Item base = base(call, drive);
    if (path == null) {
      Item parent = base.parent;
      if (parent == null || base.isFolder()) {
        throw GraphFailure.invalidRequest("A folder has no content.");
      }
      return new Target(parent, base.name, base);
    }
    List<String> names = Drive.names(path);
    if (names.isEmpty()) {
      throw GraphFailure.invalidRequest("A folder has no content.");
    }
    Item folder = drive.folders(base, names.subList(0, names.size() - 1));
    String name = names.get(names.size() - 1);
    Names.check(name);
    return new Target(folder, name, drive.child(folder, name));
  }

  /** Fails unless {@code If-Match}, if sent, is the ETag or cTag of the item. */
  static void checkMatch(Call call, @Nullable Item item) {
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
