package dev.latchkey.testkit.internal.graph.drive;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.call.Select;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.List;

/** SharePoint sites, found by host and path. */
public final class SiteHandler {

  private final StoredDrives drives;

  public SiteHandler(StoredDrives drives) {
    this.drives = drives;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of("GET", "/sites/(?<id>[^/:]+)", this::get),
        GraphRoute.of("GET", "/sites/(?<host>[^/:]+):(?<path>/[^:]*):?", this::get));
  }

  private HttpAnswer get(RoutedCall call) {
    call.require(
        Permission.SITES_READ,
        () ->
            GraphFailure.of(
                403, "accessDenied", "Either scp or roles claim need to be present in the token."));
    return drives.sites().stream()
        .filter(site -> isNamed(call, site))
        .findFirst()
        .map(site -> HttpAnswer.json(200, Select.of(call).apply(json(site))))
        .orElseThrow(
            () -> GraphFailure.of(404, "itemNotFound", "Requested site could not be found"));
  }

  private static boolean isNamed(RoutedCall call, StoredSite site) {
    return call.path().contains(":")
        ? site.isAt(call.id("host"), call.id("path"))
        : site.id().equals(call.id("id"));
  }

  private static JsonObject json(StoredSite site) {
    JsonObject json = new JsonObject();
    json.addProperty("id", site.id());
    List<String> names = StoredDrive.names(site.path());
    String name = names.isEmpty() ? site.host() : names.get(names.size() - 1);
    json.addProperty("name", name);
    json.addProperty("displayName", name);
    json.addProperty("webUrl", "https://" + site.host() + site.path());
    json.add("siteCollection", JsonMembers.of("hostname", site.host()));
    return json;
  }
}
