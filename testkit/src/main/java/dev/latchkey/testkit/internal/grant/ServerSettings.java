package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.Rotation;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The settings of the server. Handlers read them at each request. */
public final class ServerSettings {

  /** Stands for an omitted claim, since a {@link ConcurrentHashMap} takes no null. */
  public static final Object LEFT_OUT = new Object();

  public volatile Duration interval = Duration.ofSeconds(5);
  public volatile Duration codeLifetime = Duration.ofMinutes(15);
  public volatile Duration tokenLifetime = Duration.ofHours(1);
  public volatile Duration refreshTokenLifetime = Duration.ofDays(90);
  public volatile @Nullable Duration refreshIn;
  public volatile Rotation rotation = Rotation.LENIENT;
  public volatile boolean deviceCodesBlocked;
  public volatile boolean pollsLearnOfTheBlock;
  public volatile boolean enforceInterval;
  public volatile boolean verificationUriComplete;
  public volatile boolean message = true;
  public volatile boolean revocationEndpoint;
  public volatile boolean jwtAccessTokens;
  public volatile boolean signedIdTokens = true;
  public volatile String tokenType = "Bearer";
  public volatile Set<String> withheldScopes = Set.of();
  public volatile Set<String> addedScopes = Set.of();
  public final Map<String, Object> idTokenClaims = new ConcurrentHashMap<>();
}
