package dev.latchkey.testkit.internal.http;

import dev.latchkey.testkit.Endpoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Finds the handler of a path. Other services join the same port by mounting here. Thread-safe. */
public final class Router {

  /** A request, its endpoint and its handler. */
  record Routed(Request request, Endpoint endpoint, Handler handler) {}

  private record Mount(Pattern path, Endpoint endpoint, Handler handler) {}

  private static final Handler NOWHERE = request -> HttpAnswer.text(404, "Not found");

  private final List<Mount> mounts = new CopyOnWriteArrayList<>();

  /**
   * Mounts a handler. If several handlers match a path, the one mounted first answers.
   *
   * @param path a regular expression for the whole path. What its group captures, if it has one,
   *     becomes {@link Request#captured()}
   */
  public void mount(String path, Endpoint endpoint, Handler handler) {
    mounts.add(new Mount(Pattern.compile(path), endpoint, handler));
  }

  Routed route(Request request) {
    for (Mount mount : mounts) {
      var matcher = mount.path().matcher(request.path());
      if (matcher.matches()) {
        String captured = matcher.groupCount() == 0 ? null : matcher.group(1);
        return new Routed(
            request.capturing(captured == null ? "" : captured), mount.endpoint(), mount.handler());
      }
    }
    return new Routed(request, Endpoint.OTHER, NOWHERE);
  }
}
