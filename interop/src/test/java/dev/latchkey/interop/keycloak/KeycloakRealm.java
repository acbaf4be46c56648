package dev.latchkey.interop.keycloak;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * A realm: an issuer with its own clients, users, sessions and settings, and what its administrator
 * can do. Refresh tokens rotate, and each may be used once.
 */
public final class KeycloakRealm implements AutoCloseable {
  /** A public client with the device authorization grant. */
  public static final String CLIENT = "latchkey";

  /** A public client with the authorization code grant and a loopback redirect URI. */
  static final String BROWSER_CLIENT = "latchkey-browser";

  /** A public client without the device authorization grant. */
  static final String CLIENT_WITHOUT_DEVICE_GRANT = "latchkey-no-device";

  /** A confidential client, which has to authenticate. */
  static final String CONFIDENTIAL_CLIENT = "latchkey-confidential";

  private final KeycloakAdmin admin;
  private final String name;

  private KeycloakRealm(KeycloakAdmin admin, String name) {
    this.admin = admin;
    this.name = name;
  }

  static KeycloakRealm create(
      KeycloakAdmin admin, String name, RealmSettings settings, RealmKeys keys) {
    JsonObject representation = template();
    representation.addProperty("realm", name);
    settings.applyTo(representation);
    keys.applyTo(representation);
    admin.post("", representation);
    return new KeycloakRealm(admin, name);
  }

  public URI issuer() {
    return admin.baseUri().resolve("/realms/" + name);
  }

  /** An endpoint by the last part of its path, such as {@code token} or {@code auth/device}. */
  URI endpoint(String endpoint) {
    return URI.create(issuer() + "/protocol/openid-connect/" + endpoint);
  }

  /** Creates a user who can sign in. */
  public KeycloakUser createUser(String username) {
    return KeycloakUser.create(this, username);
  }

  /** Changes lifetimes; tokens and codes issued before keep theirs. */
  void set(RealmSettings settings) {
    change(settings::applyTo);
  }

  /**
   * Changes anything in Keycloak's representation of the realm. Keycloak silently resets the device
   * settings on a PUT without them, so this reads, changes and writes the whole.
   */
  void change(Consumer<JsonObject> change) {
    JsonObject representation = admin.get("/" + name).getAsJsonObject();
    change.accept(representation);
    admin.put("/" + name, representation);
  }

  /** Voids all tokens issued before now, for every user and client. */
  void pushNotBefore() {
    // Keycloak compares whole seconds; a token of the same second still counts as new.
    change(realm -> realm.addProperty("notBefore", Instant.now().getEpochSecond() + 1));
  }

  /** How many refresh tokens were redeemed successfully. */
  int redemptions() {
    return events("REFRESH_TOKEN").size();
  }

  /** How many refreshes were rejected. */
  int refusedRedemptions() {
    return events("REFRESH_TOKEN_ERROR").size();
  }

  /** The recorded requests of one type, newest first. */
  List<KeycloakEvent> events(String type) {
    JsonArray events = admin.list(path("/events?max=10000&type=" + type));
    return StreamSupport.stream(events.spliterator(), false).map(KeycloakEvent::from).toList();
  }

  /** Deletes the recorded requests. */
  void clearEvents() {
    admin.delete(path("/events"));
  }

  /** Deletes the realm with its contents. */
  @Override
  public void close() {
    admin.delete("/" + name);
  }

  KeycloakAdmin admin() {
    return admin;
  }

  /** The path of a resource of this realm in the admin API. */
  String path(String rest) {
    return "/" + name + rest;
  }

  /** Keycloak's own id of a client. */
  String internalId(String clientId) {
    JsonElement client = admin.list(path("/clients?clientId=" + clientId)).get(0);
    return client.getAsJsonObject().get("id").getAsString();
  }

  private static JsonObject template() {
    try (InputStream in = KeycloakRealm.class.getResourceAsStream("keycloak-realm.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
