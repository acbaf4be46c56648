package dev.latchkey.testkit.internal.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.GraphUser;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.call.Select;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.List;

/** {@code /me}. */
final class MeHandler {

  List<GraphRoute> routes() {
    return List.of(GraphRoute.of("GET", "/me/?", this::get));
  }

  private HttpAnswer get(RoutedCall call) {
    call.require(
        Permission.USER_READ,
        () ->
            GraphFailure.of(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation."));
    GraphUser person = call.person();
    JsonObject json = new JsonObject();
    json.addProperty("@odata.context", call.url("/$metadata#users/$entity"));
    json.add("businessPhones", new JsonArray());
    json.addProperty("displayName", person.displayName());
    String[] names = person.displayName().split(" ", 2);
    json.addProperty("givenName", names[0]);
    json.add("jobTitle", JsonNull.INSTANCE);
    json.addProperty("mail", person.username());
    json.add("mobilePhone", JsonNull.INSTANCE);
    json.add("officeLocation", JsonNull.INSTANCE);
    json.add("preferredLanguage", JsonNull.INSTANCE);
    json.addProperty("surname", names.length > 1 ? names[1] : null);
    json.addProperty("userPrincipalName", person.username());
    json.addProperty("id", person.id());
    return HttpAnswer.json(200, Select.of(call).apply(json));
  }
}
