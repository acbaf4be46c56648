package dev.latchkey.testkit.graph;

import java.util.List;
import java.util.regex.Matcher;

/** Finds the route of a request and takes it. */
final class Routes {

  private final List<Route> routes;
  private final GraphSettings settings;

  Routes(List<Route> routes, GraphSettings settings) {
    this.routes = routes;
    this.settings = settings;
  }

  GraphAnswer answer(GraphRequest request, Caller caller) {
    boolean known = false;
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(request.path());
      if (matcher.matches()) {
        if (route.method().equals(request.method())) {
          return route.handler().apply(new Call(request, matcher, caller, settings));
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
    throw GraphFailure.badRequest("Resource not found for the segment: " + request.path());
  }
}
