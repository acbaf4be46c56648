package dev.latchkey.benchmarks;

import dev.latchkey.internal.concurrent.RetryPause;
import dev.latchkey.internal.time.Jitter;
import dev.latchkey.internal.time.Time;
import dev.latchkey.internal.time.TokenLifetime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A million programs and one token server, in virtual time, a second a step, with the library's own
 * pure steps: {@link TokenLifetime} says when a token is due and when it is over, {@link
 * RetryPause} how long no request follows a failure. A program asks for its token once a minute;
 * one that has none comes back as soon as the failure says. The server carries out a limited number
 * of requests a second and answers the others with 429. The same seed gives the same numbers.
 */
final class Herd implements Time {

  static final int CLIENTS = 1_000_000;
  static final int OUTAGE = 70 * 60;
  static final int OUTAGE_END = OUTAGE + 600;
  static final int SECONDS = OUTAGE_END + 75 * 60;

  /** One refresh in 55 minutes each. */
  static final int CAPACITY = 3 * CLIENTS / (55 * 60);

  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int PERIOD = 60;

  /**
   * What happens to all of them.
   *
   * @param answers whether the server answers 503 while it is down, rather than not at all
   * @param retryAfter what each 429 asks for; null for nothing
   * @param waking the seconds within which all wake without a token; zero if they have been at work
   *     for long
   * @param capacity how many requests a second the server carries out
   */
  record Scenario(
      String name, boolean answers, @Nullable Duration retryAfter, int waking, int capacity) {

    Scenario(String name, boolean answers, @Nullable Duration retryAfter, int waking) {
      this(name, answers, retryAfter, waking, CAPACITY);
    }
  }

  private final Scenario scenario;
  private final Jitter jitter;
  private final TokenLifetime[] tokens = new TokenLifetime[CLIENTS];
  private final RetryPause[] pauses = new RetryPause[CLIENTS];
  private final RetryPause[] earlyPauses = new RetryPause[CLIENTS];
  private final int[] restUntil = new int[CLIENTS];
  private final int[] earlyRestUntil = new int[CLIENTS];

  /** The second from which a client wants a token and has none; -1 if it has one. */
  private final int[] lackingSince = new int[CLIENTS];

  private final int[] lacked = new int[CLIENTS];
  private final int[] next = new int[CLIENTS];
  private final int[] first = new int[SECONDS + 7200];
  private final int[] requests = new int[SECONDS];
  private int now;
  private int carriedOut;
  private int lastRecovery;

  Herd(Scenario scenario, int reach) {
    this.scenario = scenario;
    this.jitter = Jitter.of(new SplittableRandom(2), reach);
  }

  /** With the library's own jitter, or none. */
  Herd(Scenario scenario, boolean jittered) {
    this.scenario = scenario;
    this.jitter = jittered ? Jitter.of(new SplittableRandom(2)) : Jitter.NONE;
  }

  /**
   * What happened.
   *
   * @param requests of each second
   * @param lacked how many seconds each client wanted a token and had none, sorted
   * @param recovery the seconds from the end of the outage, or from the first waking, until nobody
   *     lacked one
   */
  record Outcome(int[] requests, int[] lacked, int recovery) {

    double steady() {
      return Arrays.stream(requests, OUTAGE - 600, OUTAGE).average().orElse(0);
    }

    /**
     * The most requests a second, as the mean of ten, from the end of the outage on, or from when
     * all are awake.
     */
    double peak(Scenario scenario) {
      int from = scenario.waking() > 0 ? scenario.waking() : OUTAGE_END;
      double peak = 0;
      for (int second = from; second + 10 <= SECONDS; second++) {
        peak = Math.max(peak, Arrays.stream(requests, second, second + 10).average().orElse(0));
      }
      return peak;
    }

    int worst() {
      return lacked[CLIENTS - 1];
    }

    /** The requests a second, as the means of half minutes. */
    List<Plot.Point> curve() {
      List<Plot.Point> curve = new ArrayList<>();
      for (int from = OUTAGE - 600; from + 30 <= SECONDS; from += 30) {
        double mean = Arrays.stream(requests, from, from + 30).average().orElse(0);
        curve.add(new Plot.Point((from - OUTAGE) / 60.0 + 10, mean));
      }
      return curve;
    }

    double mean() {
      return Arrays.stream(lacked).average().orElse(0);
    }

    /** By how many seconds the client of some rank lacks a token longer than in another run. */
    int worseThan(Outcome other) {
      int most = 0;
      for (int rank = 0; rank < CLIENTS; rank++) {
        most = Math.max(most, lacked[rank] - other.lacked[rank]);
      }
      return most;
    }
  }

  Outcome run() {
    SplittableRandom start = new SplittableRandom(1);
    Arrays.fill(first, -1);
    for (int client = 0; client < CLIENTS; client++) {
      boolean waking = scenario.waking() > 0;
      lackingSince[client] = -1;
      now = waking ? start.nextInt(scenario.waking()) : -start.nextInt(58 * 60);
      int from = now;
      if (waking) {
        lackingSince[client] = now;
      } else {
        tokens[client] = granted();
        from = Math.max(start.nextInt(PERIOD), from + secondsUntilDue(client));
      }
      callAt(client, from);
    }
    for (now = 0; now < SECONDS; now++) {
      carriedOut = 0;
      for (int client = first[now]; client >= 0; ) {
        int after = next[client];
        call(client);
        client = after;
      }
    }
    for (int client = 0; client < CLIENTS; client++) {
      if (lackingSince[client] >= 0) {
        lacked[client] += SECONDS - lackingSince[client];
        lastRecovery = SECONDS;
      }
    }
    Arrays.sort(lacked);
    int trouble = scenario.waking() > 0 ? 0 : OUTAGE_END;
    return new Outcome(requests, lacked, Math.max(0, lastRecovery - trouble));
  }

  private TokenLifetime granted() {
    return TokenLifetime.granted(nanos(), wallMillis(), LIFETIME, null, jitter);
  }

  private void callAt(int client, int second) {
    next[client] = first[second];
    first[second] = client;
  }

  /** The next of its calls, one a minute, that finds the token due: the others change nothing. */
  private int secondsUntilDue(int client) {
    long millis = tokens[client].dueMillis() - wallMillis();
    int periods = (int) Math.ceil(millis / 1000.0 / PERIOD);
    return Math.max(1, periods) * PERIOD;
  }

  private void call(int client) {
    TokenLifetime token = tokens[client];
    boolean alive = token != null && token.isAlive(this);
    if (!alive && lackingSince[client] < 0) {
      lackingSince[client] = now;
    }
    boolean rests = now < restUntil[client] || (alive && now < earlyRestUntil[client]);
    boolean fresh = token != null && token.isFresh(this);
    if (!fresh && !rests && request()) {
      tokens[client] = granted();
      pauses[client] = null;
      earlyPauses[client] = null;
      if (lackingSince[client] >= 0) {
        lacked[client] += now - lackingSince[client];
        lackingSince[client] = -1;
        lastRecovery = now;
      }
      callAt(client, now + secondsUntilDue(client));
    } else if (!fresh && !rests) {
      failed(client, alive);
      callAt(client, alive ? now + PERIOD : Math.max(now + 1, restUntil[client]));
    } else {
      callAt(client, alive ? now + PERIOD : Math.max(now + 1, restUntil[client]));
    }
  }

  private boolean request() {
    requests[now]++;
    boolean carried = !isDown() && carriedOut < scenario.capacity();
    carriedOut += carried ? 1 : 0;
    return carried;
  }

  private boolean isDown() {
    return now >= OUTAGE && now < OUTAGE_END && scenario.waking() == 0;
  }

  /** As {@code Backoff} does it. */
  private void failed(int client, boolean early) {
    boolean busy = scenario.answers() || !isDown();
    Duration asked = isDown() ? null : scenario.retryAfter();
    RetryPause pause = RetryPause.after(pauses[client], busy, asked, jitter);
    restUntil[client] = now + seconds(pause.length());
    if (early) {
      Duration left = tokens[client].left(this);
      RetryPause own =
          RetryPause.after(earlyPauses[client], busy, pause.length(), jitter).early(left, jitter);
      earlyPauses[client] = own;
      earlyRestUntil[client] = now + seconds(own.length());
      pause = busy ? pause.besides(own) : pause;
    }
    pauses[client] = pause;
  }

  private static int seconds(Duration duration) {
    return (int) Math.ceil(duration.toMillis() / 1000.0);
  }

  @Override
  public long nanos() {
    return TimeUnit.SECONDS.toNanos(now);
  }

  @Override
  public long wallMillis() {
    return TimeUnit.SECONDS.toMillis(now);
  }

  @Override
  public CompletableFuture<Void> after(Duration delay) {
    throw new UnsupportedOperationException("nobody waits here");
  }
}
