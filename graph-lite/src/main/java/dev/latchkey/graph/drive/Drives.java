package dev.latchkey.graph.drive;

import dev.latchkey.graph.http.Call;
import dev.latchkey.graph.http.GraphHttp;
import dev.latchkey.graph.http.Route;

/** Finds drives. Thread-safe; got from {@link dev.latchkey.graph.GraphClient#drives()}. */
public final class Drives {

  private final GraphHttp http;

  /**
   * Creates one; {@link dev.latchkey.graph.GraphClient#drives()} does.
   *
   * @param http sends the calls
   */
  public Drives(GraphHttp http) {
    this.http = http;
  }

  /**
   * The OneDrive of who is signed in. Sends nothing.
   *
   * @return the drive; its calls need {@code Files.Read} or {@code Files.ReadWrite}
   */
  public Drive mine() {
    return new Drive(http, Route.of("me", "drive"), Access.OWN);
  }

  /**
   * A drive by its id. Sends nothing.
   *
   * @param id as Graph gave it
   * @return the drive; its calls need {@code Files.Read.All} or {@code Files.ReadWrite.All}, unless
   *     it is one's own
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
   */
  public Drive byId(String id) {
    return new Drive(http, Route.of("drives", id), Access.SHARED);
  }

  /**
   * The documents of a SharePoint site. One request; needs {@code Sites.Read.All} or {@code
   * Files.Read.All}.
   *
   * @param host such as {@code contoso.sharepoint.com}
   * @param path such as {@code /sites/marketing}; {@code /} for the site at the top
   * @return the drive; its calls need {@code Files.Read.All} or {@code Files.ReadWrite.All}
   * @throws IllegalArgumentException if the host is empty, or a name is {@code .} or {@code ..}
   * @throws dev.latchkey.graph.error.NotFound if there is no such site, or not for this account
   */
  public Drive ofSite(String host, String path) {
    Route site = Route.of("sites", host).beneath(path).query("$select", "id");
    Call call = Access.SHARED.toRead(Call.get("find the site " + host + path, http.uri(site)));
    String id = http.send(call).requiredString("id");
    return new Drive(http, Route.of("sites", id, "drive"), Access.SHARED);
  }

  /**
   * The files of a Teams team, with a folder for each channel. Sends nothing.
   *
   * @param teamId the id of the team, which is that of its group
   * @return the drive; its calls need {@code Files.Read.All} or {@code Files.ReadWrite.All}
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}
   */
  public Drive ofTeam(String teamId) {
    return new Drive(http, Route.of("groups", teamId, "drive"), Access.SHARED);
  }
}
