package dev.latchkey.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.fixture.FakeTime;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pure part of a refresh: what a stored session allows, branch by branch. */
class RefreshDecisionTest {

  private static final boolean EARLY = true;
  private static final boolean NOT_EARLY = false;
  private static final boolean LEASED = true;
  private static final boolean NOT_LEASED = false;

  private final FakeTime time = new FakeTime();
  private final TokenLifetime fresh = lifetime();
  private final SessionRecord good = record("refresh", null, false);
  private final SessionRecord possiblySpent = record("refresh", null, true);
  private final SessionRecord ended = record("refresh", Reason.REVOKED, false);
  private final SessionRecord withoutRefreshToken = record(null, null, false);

  @Test
  void freshTokenIsUsedWhateverTheStateOfTheSession() {
    for (SessionRecord session :
        new SessionRecord[] {good, possiblySpent, ended, withoutRefreshToken}) {
      assertThat(decision(session, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.USE);
      assertThat(decision(session, fresh, EARLY)).isEqualTo(RefreshDecision.USE);
    }
  }

  @Test
  void dueTokenIsUsedByThoseWhoAreNotEarly() {
    time.advance(Duration.ofMinutes(56));

    assertThat(decision(good, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.USE);
  }

  @Test
  void dueTokenIsReplacedByThoseWhoAreEarly() {
    time.advance(Duration.ofMinutes(56));

    assertThat(decision(good, fresh, EARLY)).isEqualTo(RefreshDecision.REDEEM);
  }

  @Test
  void dueTokenIsUsedToItsEndIfTheRefreshTokenIsPossiblySpent() {
    time.advance(Duration.ofMinutes(56));

    assertThat(decision(possiblySpent, fresh, EARLY)).isEqualTo(RefreshDecision.USE_TO_END);
    assertThat(decision(possiblySpent, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.USE_TO_END);
  }

  @Test
  void markIsNotBelievedWithoutTheLease() {
    time.advance(Duration.ofMinutes(56));

    assertThat(RefreshDecision.of(possiblySpent, fresh, EARLY, NOT_LEASED, time))
        .isEqualTo(RefreshDecision.REDEEM);
    assertThat(RefreshDecision.of(possiblySpent, fresh, NOT_EARLY, NOT_LEASED, time))
        .isEqualTo(RefreshDecision.USE);
  }

  @Test
  void dueTokenOfAnEndedSessionIsUsedToItsEnd() {
    time.advance(Duration.ofMinutes(56));

    assertThat(decision(ended, fresh, EARLY)).isEqualTo(RefreshDecision.USE_TO_END);
    assertThat(decision(ended, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.USE_TO_END);
  }

  @Test
  void dueTokenWithoutARefreshTokenIsUsedToItsEnd() {
    time.advance(Duration.ofMinutes(56));

    assertThat(decision(withoutRefreshToken, fresh, EARLY)).isEqualTo(RefreshDecision.USE_TO_END);
  }

  @Test
  void expiredTokenIsReplacedEvenIfTheLastAnswerWasLost() {
    time.advance(Duration.ofHours(1));

    assertThat(decision(good, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.REDEEM);
    assertThat(decision(possiblySpent, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.REDEEM);
  }

  @Test
  void expiredTokenOfAnEndedSessionRequiresASignIn() {
    time.advance(Duration.ofHours(1));

    assertThat(decision(ended, fresh, NOT_EARLY)).isEqualTo(RefreshDecision.ENDED);
  }

  @Test
  void expiredTokenWithoutARefreshTokenEndsTheSessionForThatReason() {
    time.advance(Duration.ofHours(1));

    assertThat(decision(withoutRefreshToken, fresh, NOT_EARLY))
        .isEqualTo(RefreshDecision.NO_REFRESH_TOKEN);
  }

  @Test
  void missingTokenIsFetchedIfTheSessionGoesOn() {
    assertThat(decision(good, null, NOT_EARLY)).isEqualTo(RefreshDecision.REDEEM);
    assertThat(decision(possiblySpent, null, NOT_EARLY)).isEqualTo(RefreshDecision.REDEEM);
    assertThat(decision(ended, null, NOT_EARLY)).isEqualTo(RefreshDecision.ENDED);
    assertThat(decision(withoutRefreshToken, null, NOT_EARLY))
        .isEqualTo(RefreshDecision.NO_REFRESH_TOKEN);
  }

  private RefreshDecision decision(
      SessionRecord session, @Nullable TokenLifetime lifetime, boolean early) {
    return RefreshDecision.of(session, lifetime, early, LEASED, time);
  }

  private TokenLifetime lifetime() {
    return TokenLifetime.granted(time.nanos(), time.wallMillis(), Duration.ofHours(1), null);
  }

  private static SessionRecord record(
      @Nullable String refreshToken, @Nullable Reason reason, boolean lost) {
    return new SessionRecord(
        "server",
        "client",
        RefreshRun.account(),
        Set.of(),
        Set.of(),
        0,
        refreshToken,
        reason,
        lost,
        0,
        Map.of());
  }
}
