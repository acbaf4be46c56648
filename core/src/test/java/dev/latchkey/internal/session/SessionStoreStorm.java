package dev.latchkey.internal.session;

import dev.latchkey.error.SignInRequired.Reason;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.fixture.Crowd;
import dev.latchkey.fixture.FaultyStore.Call;
import dev.latchkey.fixture.RefreshRun;
import dev.latchkey.fixture.RotatingFamilies;
import dev.latchkey.fixture.ScriptedServer;
import dev.latchkey.fixture.TracedStore;
import dev.latchkey.internal.concurrent.Deadline;
import dev.latchkey.internal.concurrent.Futures;
import dev.latchkey.internal.concurrent.ListenerQueue;
import dev.latchkey.internal.concurrent.Sequel;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that refresh, sign in and sign out one account of one {@link SessionStore}, without
 * requests and without waiting for time, over a token store that fails now and then. Everything
 * that happens is written down, so that a failure can be explained.
 */
final class SessionStoreStorm {

  private static final Call[] CALLS = Call.values();

  /** What a thread did from one moment to another. */
  private record Act(String token, int began, int ended) {}

  private final RotatingFamilies families = new RotatingFamilies();
  private final Queue<String> trace = new ConcurrentLinkedQueue<>();
  private final AtomicInteger moments = new AtomicInteger();
  private final Queue<Act> signIns = new ConcurrentLinkedQueue<>();
  private final Queue<Act> signOuts = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger dice = new AtomicInteger();
  private final ThreadLocal<Random> random;
  private final RefreshRun run;
  private final SessionStore store;

  SessionStoreStorm(ScriptedServer server, int seed) {
    dice.set(seed);
    random = ThreadLocal.withInitial(() -> new Random(dice.addAndGet(1_000_003)));
    run =
        new RefreshRun(server, new TracedStore(new MemoryTokenStore(), this::say, this::pause))
            .signedIn();
    ClientConfig config = run.config();
    store =
        new SessionStore(
            config,
            RefreshRun.account().id(),
            new ListenerQueue<>(config.listener(), config.callbacks()));
    families.begin(RefreshRun.REFRESH_TOKEN);
    signIns.add(new Act(RefreshRun.REFRESH_TOKEN, tick(), tick()));
    store.load();
    run.time.advance(Duration.ofSeconds(1));
  }

  /** Runs to its end, and until the store has taken what it can take. */
  SessionStoreStorm run(int threads, int steps) throws InterruptedException {
    Crowd crowd = new Crowd();
    crowd.add(threads, () -> wander(steps));
    List<CompletableFuture<?>> wanderers = crowd.set();
    CompletableFuture<Boolean> trouble = Crowd.alone(this::makeTrouble);
    wanderers.forEach(CompletableFuture::join);
    over.set(true);
    trouble.join();

    run.store.failAfterWriting(false);
    for (Call call : CALLS) {
      run.store.mend(call);
    }
    for (int i = 0; i < 2; i++) { // the first may meet what a failed write left
      store.storeNow();
    }
    return this;
  }

  /** What is wrong at the end; empty if nothing is. */
  List<String> wrongs() {
    List<String> wrongs = new ArrayList<>();
    for (String token : families.reused()) {
      wrongs.add(token + " was sent although it was spent");
    }
    RecordSnapshot end = store.load();
    if (end == null) {
      Act last = last(signOuts);
      if (last == null || signIns.stream().anyMatch(signIn -> signIn.began() > last.ended())) {
        wrongs.add("a sign-in was lost");
      }
      return wrongs;
    }
    String token = String.valueOf(end.record().refreshToken());
    if (end.inMemory() || !token.equals(run.storedRefreshToken())) {
      wrongs.add("the store has not taken " + token);
    }
    if (end.record().ended() == null && !families.isGood(token)) {
      wrongs.add(token + " is left, and is spent");
    }
    for (Act signIn : signIns) {
      if (families.of(signIn.token()) == families.of(token)) {
        if (signOuts.stream().anyMatch(signOut -> signOut.began() > signIn.ended())) {
          wrongs.add(token + " came back after a sign-out");
        }
        if (signIns.stream().anyMatch(another -> another.began() > signIn.ended())) {
          wrongs.add(token + " is left, and somebody signed in later");
        }
      }
    }
    return wrongs;
  }

  /** The last lines of what happened. */
  String trace() {
    List<String> lines = new ArrayList<>(trace);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 150), lines.size()));
  }

  private static @Nullable Act last(Queue<Act> acts) {
    Act last = null;
    for (Act act : acts) {
      last = last == null || act.ended() > last.ended() ? act : last;
    }
    return last;
  }

  private boolean wander(int steps) throws InterruptedException {
    for (int step = 0; step < steps; step++) {
      try {
        switch (roll(14)) {
          case 0 -> signOut();
          case 1, 2 -> signIn();
          case 3 -> store.storeNow();
          default -> refresh();
        }
      } catch (TokenStoreFailure e) {
        say("failed: " + e.getMessage());
      }
    }
    return true;
  }

  /** As {@link TokenRefresh} and {@link RefreshGrant} do it. */
  private void refresh() throws InterruptedException {
    if (store.load() == null) {
      return;
    }
    Deadline deadline = store.leaseDeadline();
    Sequel<Lease, Lease> next = new Sequel<>(Runnable::run, SessionStoreStorm::turn);
    try (Lease turn = Futures.join(store.inTurn(deadline, next));
        Lease lease = store.leaseInTurn(deadline)) {
      RecordSnapshot found = store.load();
      if (found == null || found.record().ended() != null) {
        return;
      }
      store.prepare(found);
      RecordSnapshot sent = store.markSpending(found);
      if (sent != null) {
        redeem(sent);
      }
    }
  }

  private static CompletableFuture<Lease> turn(@Nullable Lease turn, @Nullable Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(turn)
        : CompletableFuture.failedFuture(failure);
  }

  private void redeem(RecordSnapshot sent) {
    pause();
    String token = String.valueOf(sent.record().refreshToken());
    switch (roll(8)) {
      case 0 -> store.clearSpendMark(sent);
      case 1 -> store.markPossiblySpent(sent);
      default -> {
        String next = families.redeem(token);
        say("redeemed " + token + " for " + next + (sent.inMemory() ? ", from memory" : ""));
        pause();
        if (next != null) {
          say("saved " + next + ": " + store.save(sent.record().rotated(next), sent));
        } else {
          refused(sent);
        }
      }
    }
  }

  private void refused(RecordSnapshot sent) {
    RecordSnapshot now = store.load();
    if (now != null && Objects.equals(now.record().refreshToken(), sent.record().refreshToken())) {
      store.save(now.record().ended(Reason.GRANT_REJECTED), now);
    }
  }

  private void signIn() {
    int began = tick();
    String token = families.begin();
    SessionRecord record = run.record(RefreshRun.HOUR).rotated(token);
    pause();
    say("signed in with " + token + ": " + store.replace(record));
    signIns.add(new Act(token, began, tick()));
  }

  /** As {@link SignOut} does it. */
  private void signOut() throws InterruptedException {
    int began = tick();
    try (Lease lease = leaseIfPossible()) {
      say("signs out");
      store.delete();
      say("signed out");
    } catch (TokenStoreFailure e) {
      say("signed out, not deleted");
    }
    signOuts.add(new Act("", began, tick()));
  }

  private Lease leaseIfPossible() throws InterruptedException {
    try {
      return store.lease();
    } catch (TokenStoreFailure e) {
      return () -> {};
    }
  }

  private boolean makeTrouble() {
    while (!over.get()) {
      run.store.failAfterWriting(roll(4) == 0);
      Call call = CALLS[roll(CALLS.length)];
      if (roll(2) == 0) {
        run.store.fail(call);
      } else {
        run.store.mend(call);
      }
      run.time.advance(Duration.ofMillis(roll(3)));
      LockSupport.parkNanos(roll(100_000));
    }
    return true;
  }

  /** Lets other threads go first, now and then. */
  private void pause() {
    if (roll(4) == 0) {
      LockSupport.parkNanos(1 + roll(3) * 20_000L);
    }
  }

  private int roll(int bound) {
    return random.get().nextInt(bound);
  }

  private int tick() {
    return moments.incrementAndGet();
  }

  private void say(String what) {
    trace.add(Thread.currentThread().getId() + " " + what);
  }
}
