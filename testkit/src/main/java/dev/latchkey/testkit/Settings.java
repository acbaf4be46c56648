package dev.latchkey.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be set of the server, before it starts and while it runs. Read by the handlers at each
 * request.
 */
final class Settings {

  /** Stands for a claim left out, as {@link ConcurrentHashMap} has no null. */
  static final Object LEFT_OUT = new Object();

  volatile Duration interval = Duration.ofSeconds(5);
  volatile Duration codeLifetime = Duration.ofMinutes(15);
  volatile Duration tokenLifetime = Duration.ofHours(1);
  volatile Duration refreshTokenLifetime = Duration.ofDays(90);
  volatile @Nullable Duration refreshIn;
  volatile Rotation rotation = Rotation.LENIENT;
  volatile boolean enforceInterval;
  volatile boolean verificationUriComplete;
  volatile boolean revocationEndpoint;
  volatile boolean jwtAccessTokens;
  volatile boolean signedIdTokens = true;
  volatile String tokenType = "Bearer";
  volatile Set<String> withheldScopes = Set.of();
  volatile Set<String> addedScopes = Set.of();
  final Map<String, Object> idTokenClaims = new ConcurrentHashMap<>();
}
