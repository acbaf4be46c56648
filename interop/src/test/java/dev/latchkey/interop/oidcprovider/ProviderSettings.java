package dev.latchkey.interop.oidcprovider;

import java.time.Duration;
import java.util.Map;

/** The lifetimes of an {@link OidcProviderServer}. */
public record ProviderSettings(
    Duration accessTokenLifetime, Duration deviceCodeLifetime, Duration refreshTokenLifetime) {

  /** Access tokens 60 s long, codes 10 minutes, refresh tokens an hour. */
  public static ProviderSettings defaults() {
    return new ProviderSettings(
        Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofHours(1));
  }

  ProviderSettings withAccessTokenLifetime(Duration lifetime) {
    return new ProviderSettings(lifetime, deviceCodeLifetime, refreshTokenLifetime);
  }

  ProviderSettings withDeviceCodeLifetime(Duration lifetime) {
    return new ProviderSettings(accessTokenLifetime, lifetime, refreshTokenLifetime);
  }

  ProviderSettings withRefreshTokenLifetime(Duration lifetime) {
    return new ProviderSettings(accessTokenLifetime, deviceCodeLifetime, lifetime);
  }

  Map<String, String> environment() {
    return Map.of(
        "ACCESS_TOKEN_SECONDS", Long.toString(accessTokenLifetime.toSeconds()),
        "DEVICE_CODE_SECONDS", Long.toString(deviceCodeLifetime.toSeconds()),
        "REFRESH_TOKEN_SECONDS", Long.toString(refreshTokenLifetime.toSeconds()));
  }
}
