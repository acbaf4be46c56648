package dev.latchkey.interop.keycloak;

import com.google.gson.JsonObject;
import java.time.Duration;

/** The lifetimes of a realm; all other settings come from {@code keycloak-realm.json}. */
public record RealmSettings(
    Duration accessTokenLifetime, Duration deviceCodeLifetime, Duration pollingInterval) {

  /** Access tokens 60 s long, codes 10 minutes, and an interval of 1 s that keeps tests short. */
  public static RealmSettings defaults() {
    return new RealmSettings(Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofSeconds(1));
  }

  RealmSettings withAccessTokenLifetime(Duration lifetime) {
    return new RealmSettings(lifetime, deviceCodeLifetime, pollingInterval);
  }

  RealmSettings withDeviceCodeLifetime(Duration lifetime) {
    return new RealmSettings(accessTokenLifetime, lifetime, pollingInterval);
  }

  RealmSettings withPollingInterval(Duration interval) {
    return new RealmSettings(accessTokenLifetime, deviceCodeLifetime, interval);
  }

  /** Writes the lifetimes into Keycloak's representation of a realm. */
  void applyTo(JsonObject realm) {
    realm.addProperty("accessTokenLifespan", accessTokenLifetime.toSeconds());
    realm.addProperty("oauth2DeviceCodeLifespan", deviceCodeLifetime.toSeconds());
    realm.addProperty("oauth2DevicePollingInterval", pollingInterval.toSeconds());
    if (realm.get("attributes") instanceof JsonObject attributes) {
      // Keycloak has the device settings twice; if they differ, the attributes apply.
      attributes.addProperty(
          "oauth2DeviceCodeLifespan", Long.toString(deviceCodeLifetime.toSeconds()));
      attributes.addProperty(
          "oauth2DevicePollingInterval", Long.toString(pollingInterval.toSeconds()));
    }
  }
}
