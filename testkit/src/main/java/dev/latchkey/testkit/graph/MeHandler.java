package dev.latchkey.testkit.graph;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;

/** {@code /me}. */
final class MeHandler {

  List<Route> routes() {
    return List.of(Route.of("GET", "/me/?", this::get));
  }

  private GraphAnswer get(Call call) {
    call.require(
        Permission.USER_READ,
        () ->
            GraphFailure.of(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation."));
    Person person = call.person();
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
    return GraphAnswer.json(200, Select.of(call).apply(json));
  }
}
