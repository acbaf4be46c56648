package dev.latchkey.testkit.internal.grant;

import com.google.gson.JsonObject;
import dev.latchkey.testkit.TestApp;
import dev.latchkey.testkit.TestUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One device authorization, from the two codes to the tokens. {@link DeviceCodes} guards what is
 * not final.
 */
public final class DeviceCode {

  public enum State {
    PENDING,
    APPROVED,
    DECLINED,
    EXPIRED,
    REDEEMED
  }

  public final String deviceCode;
  public final String userCode;
  public final Asked asked;
  final Instant expiresAt;
  State state = State.PENDING;
  public @Nullable TestUser user;
  public Duration interval;
  long lastPollNanos;

  /** Whether polls learn that a policy has stopped the user. */
  boolean blocked;

  /** What the app requested. */
  public record Asked(TestApp app, Tenant tenant, Set<String> scopes, List<JsonObject> claims) {}

  DeviceCode(
      String deviceCode,
      String userCode,
      Asked asked,
      Instant expiresAt,
      Duration interval,
      long nowNanos) {
    this.deviceCode = deviceCode;
    this.userCode = userCode;
    this.asked = asked;
    this.expiresAt = expiresAt;
    this.interval = interval;
    this.lastPollNanos = nowNanos;
  }

  /** The state. A pending or approved code that is too old counts as expired. */
  State stateAt(Instant now) {
    boolean open = state == State.PENDING || state == State.APPROVED;
    return open && !now.isBefore(expiresAt) ? State.EXPIRED : state;
  }
}
