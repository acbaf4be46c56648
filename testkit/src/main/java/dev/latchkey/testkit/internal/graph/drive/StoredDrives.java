package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.http.StableId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All drives, which are created as they are asked for, and all sites. Thread-safe. */
public final class StoredDrives {

  private final Map<String, StoredDrive> byId = new ConcurrentHashMap<>();
  private final List<StoredSite> sites = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  public StoredDrives(InstantSource clock) {
    this.clock = clock;
  }

  public StoredDrive of(GraphUser user) {
    return of(user.id(), user.personal() ? StoredDrive.Kind.PERSONAL : StoredDrive.Kind.BUSINESS);
  }

  /** The document library of a site or a team. */
  public StoredDrive ofGroup(String siteOrTeamId) {
    return of(siteOrTeamId, StoredDrive.Kind.LIBRARY);
  }

  private StoredDrive of(String owner, StoredDrive.Kind kind) {
    byte[] seed = StableId.of("drive:" + owner).getBytes(StandardCharsets.UTF_8);
    String driveId = "b!" + Base64.getUrlEncoder().withoutPadding().encodeToString(seed);
    return byId.computeIfAbsent(driveId, id -> new StoredDrive(id, kind, owner, clock));
  }

  public @Nullable StoredDrive find(String id) {
    return byId.get(id);
  }

  public Collection<StoredDrive> all() {
    return byId.values();
  }

  /**
   * Adds a site.
   *
   * @param path from the root of the host, for example {@code /sites/marketing}
   * @return its documents
   */
  public StoredDrive addSite(String host, String path) {
    var site = StoredSite.of(host, path);
    sites.add(site);
    return ofGroup(site.id());
  }

  List<StoredSite> sites() {
    return sites;
  }
}
