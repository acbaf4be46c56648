package dev.latchkey.internal.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.latchkey.error.OAuthError;
import dev.latchkey.fixture.FakeTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far the server's clock is ahead, by its {@code Date} header. */
class ServerClockTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final JsonObject OK = new JsonObject();

  private final FakeTime time = new FakeTime();
  private final ServerClock clock = new ServerClock(time);

  @Test
  void unknownSkewIsTheOneInTheRecord() {
    clock.observe(reply(null));

    assertThat(clock.skewMillis()).isZero();
    assertThat(clock.skewOr(-7_000)).isEqualTo(-7_000);
  }

  @Test
  void ownSkewCountsMoreThanTheOneInTheRecord() {
    clock.observe(reply(now().plus(HOUR)));

    assertThat(clock.skewOr(-7_000)).isCloseTo(HOUR.toMillis(), within(1_000L));
    assertThat(clock.skewMillis()).isCloseTo(HOUR.toMillis(), within(1_000L));
  }

  @Test
  void clocksThatDifferByASecondDoNotDiffer() {
    clock.observe(reply(now().plusSeconds(2)));
    long ahead = clock.skewOr(99);
    clock.observe(reply(now().minusMillis(2_900)));

    assertThat(ahead).isZero();
    assertThat(clock.skewOr(99)).isZero();
  }

  @Test
  void slowAnswerIsNotTakenForSkew() {
    Reply reply = reply(now());
    time.advance(Duration.ofSeconds(30));

    clock.observe(reply);

    assertThat(clock.skewOr(99)).isZero();
  }

  @Test
  void laterObservationReplacesTheEarlier() {
    clock.observe(reply(now().plus(HOUR)));
    clock.observe(reply(now()));

    assertThat(clock.skewOr(99)).isZero();
  }

  @Test
  void wallClockSetBackIsMadeUpFor() {
    clock.observe(reply(now()));

    time.setWallClock(HOUR.negated());

    assertThat(clock.skewMillis()).isEqualTo(HOUR.toMillis());
  }

  @Test
  void sleepIsNotTakenForSkew() {
    clock.observe(reply(now()));

    time.sleep(HOUR);

    assertThat(clock.skewMillis()).isZero();
  }

  @Test
  void refusalOfTheServerTellsTheTimeToo() {
    clock.observe(reply(400, OK, OAuthError.of(400, "authorization_pending"), now().plus(HOUR)));

    assertThat(clock.skewMillis()).isCloseTo(HOUR.toMillis(), within(1_000L));
  }

  @Test
  void whatAnswersInTheServersPlaceTellsNoTime() {
    clock.observe(reply(now()));

    clock.observe(reply(200, null, null, now().plus(HOUR))); // the page of a captive portal
    clock.observe(reply(502, null, null, now().plus(HOUR)));
    clock.observe(reply(500, OK, null, now().plus(HOUR)));

    assertThat(clock.skewOr(99)).isZero();
  }

  private Instant now() {
    return Instant.ofEpochMilli(time.wallMillis());
  }

  private Reply reply(@Nullable Instant date) {
    return reply(200, OK, null, date);
  }

  private Reply reply(
      int status, @Nullable JsonObject json, @Nullable OAuthError error, @Nullable Instant date) {
    return new Reply(status, json, null, error, null, date, time.nanos(), time.wallMillis());
  }
}
