package dev.latchkey.interop.keycloak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * What Keycloak noted of one request.
 *
 * @param type such as {@code REFRESH_TOKEN}, or {@code REFRESH_TOKEN_ERROR} for a refused one
 * @param error Keycloak's word for the refusal, not always the one on the wire; empty if none
 * @param clientId the client that asked; empty if it was not known
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
