package dev.latchkey.interop.oidcprovider;

import java.time.Duration;
import java.util.Map;

/**
 * How an {@link OidcProviderServer} behaves.
 *
 * @param strict whether access tokens are for one API (RFC 8707), and authorization requests must
 *     be pushed (RFC 9126)
 */
public record ProviderSettings(
    Duration accessTokenLifetime,
    Duration deviceCodeLifetime,
    Duration refreshTokenLifetime,
    boolean strict) {

  /** Access tokens 60 s long, codes 10 minutes, refresh tokens an hour. */
  public static ProviderSettings defaults() {
    return new ProviderSettings(
        Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofHours(1), false);
  }

  ProviderSettings withAccessTokenLifetime(Duration lifetime) {
    return new ProviderSettings(lifetime, deviceCodeLifetime, refreshTokenLifetime, strict);
  }

  ProviderSettings withDeviceCodeLifetime(Duration lifetime) {
    return new ProviderSettings(accessTokenLifetime, lifetime, refreshTokenLifetime, strict);
  }

  ProviderSettings withRefreshTokenLifetime(Duration lifetime) {
    return new ProviderSettings(accessTokenLifetime, deviceCodeLifetime, lifetime, strict);
  }

  ProviderSettings withStrictness() {
    return new ProviderSettings(
        accessTokenLifetime, deviceCodeLifetime, refreshTokenLifetime, true);
  }

  Map<String, String> environment() {
    return Map.of(
        "ACCESS_TOKEN_SECONDS", Long.toString(accessTokenLifetime.toSeconds()),
        "DEVICE_CODE_SECONDS", Long.toString(deviceCodeLifetime.toSeconds()),
        "REFRESH_TOKEN_SECONDS", Long.toString(refreshTokenLifetime.toSeconds()),
        "STRICT", Boolean.toString(strict));
  }
}
