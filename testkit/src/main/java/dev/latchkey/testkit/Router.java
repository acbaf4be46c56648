package dev.latchkey.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Finds the handler of a path. Thread-safe. The seam by which more servers can join on the same
 * port.
 */
final class Router {

  /** A request, where it goes, and who answers it. */
  record Route(Request request, Endpoint endpoint, Handler handler) {}

  private record Mount(Pattern path, Endpoint endpoint, Handler handler) {}

  private static final Handler NOWHERE = request -> Answer.text(404, "Not found");

  private final List<Mount> mounts = new CopyOnWriteArrayList<>();

  /**
   * Gives all paths that match to a handler; of several that match, to the first mounted.
   *
   * @param path a regular expression for the whole path; what its group captures, if it has one, is
   *     the tenant
   */
  void mount(String path, Endpoint endpoint, Handler handler) {
    mounts.add(new Mount(Pattern.compile(path), endpoint, handler));
  }

  Route route(Request request) {
    for (Mount mount : mounts) {
      var matcher = mount.path().matcher(request.path());
      if (matcher.matches()) {
        String tenant = matcher.groupCount() == 0 ? "" : matcher.group(1);
        return new Route(request.in(tenant), mount.endpoint(), mount.handler());
      }
    }
    return new Route(request, Endpoint.OTHER, NOWHERE);
  }
}
