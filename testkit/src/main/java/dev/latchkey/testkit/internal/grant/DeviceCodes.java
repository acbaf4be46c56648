package dev.latchkey.testkit.internal.grant;

import dev.latchkey.testkit.OAuthFailure;
import dev.latchkey.testkit.internal.grant.DeviceCode.State;
import dev.latchkey.testkit.internal.http.MovableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The issued device authorizations. Thread-safe. Ten thousand take a few megabytes and no thread.
 */
public final class DeviceCodes {

  /** How long after its expiry a code is still known to have existed. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final OAuthFailure BLOCKED =
      OAuthFailure.of("invalid_grant").aadsts(53003).suberror("message_only");

  private final ServerSettings settings;
  private final MovableClock clock;
  private final IssuedSecrets secrets;
  private final Map<String, DeviceCode> byDeviceCode = new LinkedHashMap<>();
  private final Map<String, DeviceCode> byUserCode = new HashMap<>();
  private final Deque<Decision> next = new ArrayDeque<>();
  private @Nullable Decision always;

  public DeviceCodes(ServerSettings settings, MovableClock clock, IssuedSecrets secrets) {
    this.settings = settings;
    this.clock = clock;
    this.secrets = secrets;
  }

  public synchronized DeviceCode issue(DeviceCode.Asked asked) {
    forgetOld();
    String userCode = secrets.userCode();
    while (byUserCode.containsKey(userCode)) {
      userCode = secrets.userCode();
    }
    var code =
        new DeviceCode(
            secrets.token("fake-device."),
            userCode,
            asked,
            clock.instant().plus(settings.codeLifetime),
            settings.interval,
            clock.nanoTime());
    byDeviceCode.put(code.deviceCode, code);
    byUserCode.put(code.userCode, code);
    var planned = planned();
    if (planned != null) {
      apply(code, planned);
    }
    return code;
  }

  /** Takes the decision about the sign-in that begins; null if nobody has planned one. */
  public synchronized @Nullable Decision planned() {
    return next.isEmpty() ? always : next.poll();
  }

  /** Whether a policy keeps everybody from approving a code. */
  public boolean isBlocked() {
    return settings.deviceCodesBlocked;
  }

  private void forgetOld() {
    var limit = clock.instant().minus(REMEMBERED);
    var oldest = byDeviceCode.values().iterator();
    while (oldest.hasNext()) {
      var code = oldest.next();
      if (code.expiresAt.isAfter(limit)) {
        return;
      }
      oldest.remove();
      byUserCode.remove(code.userCode);
    }
  }

  /**
   * Answers a poll.
   *
   * @return the code, approved; it cannot be redeemed again
   * @throws Refusal if the code is unknown, or cannot be redeemed now or ever
   */
  public synchronized DeviceCode redeem(String deviceCode, String clientId) {
    var code = byDeviceCode.get(deviceCode);
    if (code == null || !code.asked.app().clientId().equals(clientId)) {
      throw Refusal.of("bad_verification_code", 70018);
    }
    refuseEarlyPoll(code);
    if (code.blocked) {
      throw new Refusal(BLOCKED);
    }
    switch (code.stateAt(clock.instant())) {
      case PENDING -> throw Refusal.of("authorization_pending", 70016);
      case DECLINED -> throw Refusal.of("authorization_declined", 65004);
      case EXPIRED -> throw Refusal.of("expired_token", 70020);
      case REDEEMED ->
          throw new Refusal(Grants.UNKNOWN.description("The device code was already redeemed."));
      case APPROVED -> code.state = State.REDEEMED;
    }
    return code;
  }

  private void refuseEarlyPoll(DeviceCode code) {
    long now = clock.nanoTime();
    boolean early = now - code.lastPollNanos < code.interval.toNanos();
    code.lastPollNanos = now;
    if (early && settings.enforceInterval) {
      code.interval = code.interval.plusSeconds(5);
      throw new Refusal(OAuthFailure.of("slow_down").description("Slow down"));
    }
  }

  /** Finds a code as a user typed it: in any case, with spaces and hyphens. */
  public synchronized @Nullable DeviceCode find(String typed) {
    return byUserCode.get(normalized(typed));
  }

  public synchronized State state(DeviceCode code) {
    return code.stateAt(clock.instant());
  }

  /** Decides a pending code; returns false if the code is not pending. */
  public synchronized boolean decide(DeviceCode code, Decision decision) {
    if (code.stateAt(clock.instant()) != State.PENDING) {
      return false;
    }
    apply(code, decision);
    return true;
  }

  public synchronized void expire(DeviceCode code) {
    code.state = State.EXPIRED;
  }

  public synchronized void planNext(Decision decision) {
    next.add(decision);
  }

  public synchronized void planAlways(Decision decision) {
    always = decision;
  }

  public synchronized List<String> pending() {
    var now = clock.instant();
    return byDeviceCode.values().stream()
        .filter(code -> code.stateAt(now) == State.PENDING)
        .map(code -> code.userCode)
        .toList();
  }

  /** Of a blocked approval the server often says nothing: only the page does. */
  private void apply(DeviceCode code, Decision decision) {
    if (decision.user() != null && isBlocked()) {
      code.blocked = settings.pollsLearnOfTheBlock;
      return;
    }
    code.user = decision.user();
    code.state = decision.user() == null ? State.DECLINED : State.APPROVED;
  }

  private static String normalized(String typed) {
    return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }
}
