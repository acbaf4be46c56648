package dev.latchkey.interop.keycloak;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.interop.browser.HttpPageDriver;
import dev.latchkey.interop.browser.PageDriver;
import dev.latchkey.interop.fixture.EndUser;

/** A user of a {@link KeycloakRealm}, and what an administrator can do to the user. */
public final class KeycloakUser {
  private final KeycloakRealm realm;
  private final String id;
  private final String username;
  private final String password;

  private KeycloakUser(KeycloakRealm realm, String id, String username, String password) {
    this.realm = realm;
    this.id = id;
    this.username = username;
    this.password = password;
  }

  static KeycloakUser create(KeycloakRealm realm, String username) {
    String password = "password-of-" + username;
    JsonObject user = new JsonObject();
    user.addProperty("username", username);
    user.addProperty("enabled", true);
    // If the profile is incomplete, Keycloak asks for the rest of it after the password.
    user.addProperty("firstName", username);
    user.addProperty("lastName", "Example");
    user.addProperty("email", username + "@example.com");
    user.addProperty("emailVerified", true);
    JsonArray credentials = new JsonArray();
    credentials.add(credential(password));
    user.add("credentials", credentials);
    realm.admin().post(realm.path("/users"), user);
    JsonElement made =
        realm.admin().list(realm.path("/users?exact=true&username=" + username)).get(0);
    String id = made.getAsJsonObject().get("id").getAsString();
    return new KeycloakUser(realm, id, username, password);
  }

  /** The subject in this user's ID tokens. */
  String id() {
    return id;
  }

  String username() {
    return username;
  }

  /** This user with a page driver. */
  public EndUser at(PageDriver screen) {
    return pages(screen);
  }

  /** This user on Keycloak's pages, also on those of a sign-in without a code. */
  KeycloakPages pages(PageDriver screen) {
    return new KeycloakPages(screen, username, password);
  }

  /** This user without a browser, which is much faster. */
  EndUser person() {
    return at(new HttpPageDriver());
  }

  void disable() {
    setEnabled(false);
  }

  void enable() {
    setEnabled(true);
  }

  /** Ends this user's online sessions, and voids every token that is older than this second. */
  void logout() {
    realm.admin().post(path("/logout"), null);
  }

  /** Ends every session of this user with a client, including offline sessions. */
  void endSessions(String clientId) {
    String client = realm.internalId(clientId);
    for (JsonElement session : realm.admin().list(path("/offline-sessions/" + client))) {
      realm.admin().delete(sessionPath(session) + "?isOffline=true");
    }
    for (JsonElement session : realm.admin().list(path("/sessions"))) {
      realm.admin().delete(sessionPath(session));
    }
  }

  /** Withdraws this user's consent to a client, which also ends its offline tokens. */
  void withdrawConsent(String clientId) {
    realm.admin().delete(path("/consents/" + clientId));
  }

  /** Changes the password; an {@link EndUser} created before does not know it. */
  void changePassword(String newPassword) {
    realm.admin().put(path("/reset-password"), credential(newPassword));
  }

  private void setEnabled(boolean enabled) {
    JsonObject user = realm.admin().get(path("")).getAsJsonObject();
    user.addProperty("enabled", enabled);
    realm.admin().put(path(""), user);
  }

  private String sessionPath(JsonElement session) {
    return realm.path("/sessions/" + session.getAsJsonObject().get("id").getAsString());
  }

  private String path(String rest) {
    return realm.path("/users/" + id + rest);
  }

  private static JsonObject credential(String password) {
    JsonObject credential = new JsonObject();
    credential.addProperty("type", "password");
    credential.addProperty("value", password);
    credential.addProperty("temporary", false);
    return credential;
  }
}
