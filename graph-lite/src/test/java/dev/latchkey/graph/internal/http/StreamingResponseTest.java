package dev.latchkey.graph.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.graph.fixture.CountingTokens;
import dev.latchkey.graph.fixture.TickingTime;
import dev.latchkey.internal.http.ExchangeReports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The limits of a body that comes slowly, by a clock that the body moves. */
class StreamingResponseTest {

  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration TOTAL = Duration.ofMinutes(2);

  private final TickingTime clock = new TickingTime(Duration.ZERO);

  @Test
  void answerThatDripsAByteEachHalfSecondEndsAtTheTotalLimit() {
    StreamingResponse dripping = arriving(HALF_A_SECOND, 1, Integer.MAX_VALUE);

    assertThatThrownBy(dripping::readAllBytes).isInstanceOf(HttpTimeoutException.class);
    assertThat(clock.elapsed()).isBetween(TOTAL, TOTAL.plusSeconds(1));
  }

  @Test
  void answerWithinTheTotalLimitIsReadWhole() throws Exception {
    StreamingResponse slow = arriving(HALF_A_SECOND, 1, 239);

    assertThat(slow.readAllBytes()).hasSize(239);
  }

  @Test
  void timeBeforeTheHeadCountsForTheTotalLimit() {
    StreamingResponse late = arriving(HALF_A_SECOND, 1, 239);
    clock.advance(Duration.ofSeconds(2));

    assertThatThrownBy(late::readAllBytes).isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void contentThatDripsAByteEachHalfSecondEndsAfterTheIdleLimit() {
    StreamingResponse dripping = arriving(HALF_A_SECOND, 1, Integer.MAX_VALUE).asContent();

    assertThatThrownBy(dripping::readAllBytes)
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessageContaining("too slowly");
    assertThat(clock.elapsed()).isBetween(IDLE, IDLE.plusSeconds(1));
  }

  @Test
  void contentThatStartsFastAndThenDripsEnds() throws Exception {
    StreamingResponse fading =
        new Source(HALF_A_SECOND, 400) {
          @Override
          int next() {
            return left > 300 ? 1 << 20 : 1;
          }
        }.response().asContent();

    assertThatThrownBy(() -> length(fading)).isInstanceOf(HttpTimeoutException.class);
    // Two windows: one that began fast, one that dripped from start to end.
    Duration twice = IDLE.multipliedBy(2);
    assertThat(clock.elapsed()).isBetween(twice, twice.plusSeconds(1));
  }

  @Test
  void contentAtAKibibyteASecondMayTakeHours() throws Exception {
    StreamingResponse slow = arriving(Duration.ofSeconds(1), 1024, 10_000).asContent();

    assertThat(length(slow)).isEqualTo(10_240_000);
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(10_000));
  }

  @Test
  void callerThatTakesItsTimeDoesNotMakeTheHostSlow() throws Exception {
    StreamingResponse quick = arriving(Duration.ZERO, 100, 50).asContent();

    byte[] buffer = new byte[100];
    for (int i = 0; i < 50; i++) {
      assertThat(quick.readNBytes(buffer, 0, 100)).isEqualTo(100);
      clock.advance(IDLE);
    }
    assertThat(quick.read()).isNegative();
  }

  @Test
  void piecesMayArriveBeforeTheyAreReadAndNotWithoutLimit() throws Exception {
    AtomicLong asked = new AtomicLong();
    StreamingResponse response = unsubscribed();
    response.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {
            asked.addAndGet(count);
          }

          @Override
          public void cancel() {}
        });

    long atFirst = asked.get();
    for (int i = 0; i < atFirst; i++) {
      response.onNext(List.of(ByteBuffer.allocate(10)));
    }
    response.readNBytes(100);
    long afterTen = asked.get();

    assertThat(atFirst).isBetween(2L, 16L);
    assertThat(afterTen - atFirst).as("as many as were read, less the last").isEqualTo(9);
  }

  private static long length(InputStream stream) throws IOException {
    return stream.transferTo(OutputStream.nullOutputStream());
  }

  private StreamingResponse arriving(Duration pause, int size, int count) {
    return new Source(pause, count) {
      @Override
      int next() {
        return size;
      }
    }.response();
  }

  private StreamingResponse unsubscribed() {
    GraphConfig config =
        new GraphConfig(
            new CountingTokens(),
            URI.create("http://127.0.0.1/"),
            GraphConfig.lazyClient(null),
            RetryPolicy.of(1, TOTAL),
            IDLE,
            TOTAL,
            "test",
            ExchangeReports.NONE,
            clock,
            clock);
    return new StreamingResponse(new Head(), null, config, 0);
  }

  /** Sends buffers as they are asked for, each after a pause by the clock. */
  private abstract class Source implements Subscription {
    private final Duration pause;
    int left;
    private final StreamingResponse response;

    Source(Duration pause, int count) {
      this.pause = pause;
      this.left = count;
      this.response = unsubscribed();
    }

    abstract int next();

    StreamingResponse response() {
      response.onSubscribe(this);
      return response;
    }

    @Override
    public void request(long count) {
      if (left-- == 0) {
        response.onComplete();
      } else {
        clock.advance(pause);
        response.onNext(List.of(ByteBuffer.allocate(next())));
      }
    }

    @Override
    public void cancel() {}
  }

  private record Head() implements ResponseInfo {
    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(Map.of(), (name, value) -> true);
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
