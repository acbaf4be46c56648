package dev.latchkey.testkit.internal.graph.call;

import dev.latchkey.testkit.internal.http.HttpAnswer;
import dev.latchkey.testkit.internal.http.Request;
import java.util.List;
import java.util.regex.Matcher;

/** Finds the route of a request and calls its handler. */
public final class GraphRoutes {

  private final List<GraphRoute> routes;
  private final GraphSettings settings;

  public GraphRoutes(List<GraphRoute> routes, GraphSettings settings) {
    this.routes = routes;
    this.settings = settings;
  }

  public HttpAnswer answer(Request request, Caller caller) {
    boolean known = false;
    for (GraphRoute route : routes) {
      Matcher matcher = route.path().matcher(request.captured());
      if (matcher.matches()) {
        if (route.method().equals(request.method())) {
          return route.handler().apply(new RoutedCall(request, matcher, caller, settings));
        }
        known = true;
      }
    }
    if (known) {
      throw GraphFailure.of(
          405,
          "Request_BadRequest",
          "Specified HTTP method is not allowed for the request target.");
    }
    throw GraphFailure.badRequest("Resource not found for the segment: " + request.captured());
  }
}
