package dev.latchkey.interop.keycloak;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * One RSA key for all realms of a server. Without it Keycloak generates two for each realm, which
 * is most of the time that a new realm takes.
 */
final class RealmKeys {
  private final String privateKey;

  private RealmKeys(String privateKey) {
    this.privateKey = privateKey;
  }

  static RealmKeys generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      return new RealmKeys(Base64.getEncoder().encodeToString(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the key into Keycloak's representation of a realm. */
  void applyTo(JsonObject realm) {
    JsonArray providers = new JsonArray();
    providers.add(provider("rsa", "privateKey", privateKey));
    providers.add(provider("hmac-generated", "algorithm", "HS512"));
    providers.add(provider("aes-generated", "secretSize", "16"));
    JsonObject components = new JsonObject();
    components.add("org.keycloak.keys.KeyProvider", providers);
    realm.add("components", components);
  }

  private static JsonObject provider(String id, String setting, String value) {
    JsonArray values = new JsonArray();
    values.add(value);
    JsonObject config = new JsonObject();
    config.add(setting, values);
    JsonObject provider = new JsonObject();
    provider.addProperty("name", id);
    provider.addProperty("providerId", id);
    provider.add("config", config);
    return provider;
  }
}
