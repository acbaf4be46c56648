package dev.latchkey.testkit.graph;

import com.google.gson.JsonObject;
import java.util.List;

/** SharePoint sites, found by host and path. */
final class SiteHandler {

  private final World world;

  SiteHandler(World world) {
    this.world = world;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/sites/(?<id>[^/:]+)", this::get),
        Route.of("GET", "/sites/(?<host>[^/:]+):(?<path>/[^:]*):?", this::get));
  }

  private GraphAnswer get(Call call) {
    call.require(
        Permission.SITES_READ,
        () ->
            GraphFailure.of(
                403, "accessDenied", "Either scp or roles claim need to be present in the token."));
    return world.sites().stream()
        .filter(site -> isNamed(call, site))
        .findFirst()
        .map(site -> GraphAnswer.json(200, Select.of(call).apply(json(site))))
        .orElseThrow(
            () -> GraphFailure.of(404, "itemNotFound", "Requested site could not be found"));
  }

  private static boolean isNamed(Call call, Site site) {
    return call.request().path().contains(":")
        ? site.isAt(call.id("host"), call.id("path"))
        : site.id().equals(call.id("id"));
  }

  private static JsonObject json(Site site) {
    JsonObject json = new JsonObject();
    json.addProperty("id", site.id());
    List<String> names = Drive.names(site.path());
    String name = names.isEmpty() ? site.host() : names.get(names.size() - 1);
    json.addProperty("name", name);
    json.addProperty("displayName", name);
    json.addProperty("webUrl", "https://" + site.host() + site.path());
    json.add("siteCollection", Json.of("hostname", site.host()));
    return json;
  }
}
