package dev.latchkey.testkit.graph;

/**
 * A SharePoint site.
 *
 * @param id host and two ids, comma-separated
 * @param path from the root of the host, with a slash before it
 */
public record Site(String id, String host, String path) {

  static Site of(String host, String path) {
    String absolute = "/" + String.join("/", Drive.names(path));
    String seed = host + absolute;
    return new Site(
        "%s,%s,%s".formatted(host, World.uuid("site:" + seed), World.uuid("web:" + seed)),
        host,
        absolute);
  }

  boolean isAt(String itsHost, String itsPath) {
    return host.equalsIgnoreCase(itsHost) && Drive.names(path).equals(Drive.names(itsPath));
  }
}
