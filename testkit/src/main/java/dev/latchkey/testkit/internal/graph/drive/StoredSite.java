package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.http.StableId;

/**
 * A SharePoint site.
 *
 * @param id host and two ids, comma-separated
 * @param path from the root of the host, with a leading slash
 */
public record StoredSite(String id, String host, String path) {

  public static StoredSite of(String host, String path) {
    String absolute = "/" + String.join("/", StoredDrive.names(path));
    String seed = host + absolute;
    return new StoredSite(
        "%s,%s,%s".formatted(host, StableId.of("site:" + seed), StableId.of("web:" + seed)),
        host,
        absolute);
  }

  boolean isAt(String itsHost, String itsPath) {
    return host.equalsIgnoreCase(itsHost)
        && StoredDrive.names(path).equals(StoredDrive.names(itsPath));
  }
}
