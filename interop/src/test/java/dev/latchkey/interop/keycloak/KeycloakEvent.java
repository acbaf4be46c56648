package dev.latchkey.interop.keycloak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Keycloak's record of a request.
 *
 * @param type the type, such as {@code REFRESH_TOKEN}; {@code REFRESH_TOKEN_ERROR} if rejected
 * @param error Keycloak's name of the error, not always the one on the wire; empty if none
 * @param clientId the client that sent it; empty if unknown
 */
record KeycloakEvent(String type, String error, String clientId) {
  static KeycloakEvent from(JsonElement event) {
    JsonObject members = event.getAsJsonObject();
    return new KeycloakEvent(
        text(members, "type"), text(members, "error"), text(members, "clientId"));
  }

  private static String text(JsonObject members, String name) {
    JsonElement member = members.get(name);
    return member == null || member.isJsonNull() ? "" : member.getAsString();
  }
}
