package dev.latchkey.graph;

import dev.latchkey.graph.internal.http.GraphCall;
import dev.latchkey.graph.internal.http.GraphHttp;
import dev.latchkey.graph.internal.http.GraphPath;
import dev.latchkey.graph.internal.transfer.DriveScopes;

/** Finds drives. Thread-safe; returned by {@link GraphClient#drives()}. */
public final class Drives {

  private final GraphHttp http;

  Drives(GraphHttp http) {
    this.http = http;
  }

  /**
   * The OneDrive of the signed-in user. Sends nothing.
   *
   * @return the drive; its calls need {@code Files.Read} or {@code Files.ReadWrite}
   */
  public Drive mine() {
    return new Drive(http, GraphPath.of("me", "drive"), DriveScopes.OWN);
  }

  /**
   * A drive by its id. Sends nothing.
   *
   * @param id as Graph returned it
   * @return the drive; its calls need {@code Files.Read.All} or {@code Files.ReadWrite.All}, unless
   *     it is the user's own
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
   */
  public Drive byId(String id) {
    return new Drive(http, GraphPath.of("drives", id), DriveScopes.SHARED);
  }

  /**
   * The documents of a SharePoint site. One request; needs {@code Sites.Read.All} or {@code
   * Files.Read.All}.
   *
   * @param host such as {@code contoso.sharepoint.com}
   * @param path such as {@code /sites/marketing}; {@code /} for the root site
   * @return the drive; its calls need {@code Files.Read.All} or {@code Files.ReadWrite.All}
   * @throws IllegalArgumentException if the host is empty, or a name is {@code .} or {@code ..}
   * @throws dev.latchkey.graph.error.NotFound if there is no such site, or none that this user may
   *     see
   */
  public Drive ofSite(String host, String path) {
    GraphPath site = GraphPath.of("sites", host).beneath(path).query("$select", "id");
    GraphCall call =
        DriveScopes.SHARED.toRead(GraphCall.get("find the site " + host + path, http.uri(site)));
    String id = http.send(call).requiredString("id");
    return new Drive(http, GraphPath.of("sites", id, "drive"), DriveScopes.SHARED);
  }

  /**
   * The files of a Teams team, with one folder per channel. Sends nothing.
   *
   * @param teamId the id of the team, which is also the id of its group
   * @return the drive; its calls need {@code Files.Read.All} or {@code Files.ReadWrite.All}
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
   */
  public Drive ofTeam(String teamId) {
    return new Drive(http, GraphPath.of("groups", teamId, "drive"), DriveScopes.SHARED);
  }
}
