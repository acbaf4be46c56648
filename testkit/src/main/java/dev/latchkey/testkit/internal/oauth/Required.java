package dev.latchkey.testkit.internal.oauth;

import dev.latchkey.testkit.internal.grant.Refusal;
import dev.latchkey.testkit.internal.http.Request;

/** What an endpoint requires of each request. */
final class Required {

  private Required() {}

  static void post(Request request) {
    if (!request.method().equals("POST")) {
      throw Refusal.of(
          "invalid_request",
          900561,
          "The endpoint only accepts POST requests. Received a %s request."
              .formatted(request.method()));
    }
  }

  static String parameter(Request request, String name) {
    var value = request.form(name);
    if (value == null || value.isEmpty()) {
      throw Refusal.of(
          "invalid_request",
          900144,
          "The request body must contain the following parameter: '" + name + "'.");
    }
    return value;
  }
}
