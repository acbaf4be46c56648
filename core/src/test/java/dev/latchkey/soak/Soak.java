package dev.latchkey.soak;

import dev.latchkey.AccessToken;
import dev.latchkey.Account;
import dev.latchkey.PublicClient;
import dev.latchkey.SignIn;
import dev.latchkey.SignInResult;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.error.SignInRequired;
import dev.latchkey.matrix.Footprint;
import dev.latchkey.store.EncryptedFileTokenStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thousand accounts whose tokens live a minute, used all the time while one request in a hundred
 * fails. At the end memory, threads and sockets are as they were in the first third, and every
 * session is alive. Run by {@link SoakTest} in a process of its own.
 */
final class Soak {

  private static final int ACCOUNTS = 1_000;
  private static final int CALLERS = 16;
  private static final int ONE_FAULT_IN = 100;
  private static final long PASS_SECONDS = 2;
  private static final long MAX_PASS_SECONDS = 120;
  private static final long MORE_HEAP = 6L << 20;
  private static final long MORE_SOCKETS = 4;

  private final SoakServer server = new SoakServer(8_628);
  private final PublicClient client;
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final Map<Integer, Account> accounts = new ConcurrentHashMap<>();
  private final Set<Integer> signingIn = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> ends = new ConcurrentHashMap<>();
  private final Queue<String> findings = new ConcurrentLinkedQueue<>();
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong signIns = new AtomicLong();

  private Soak(Path directory) throws Exception {
    client =
        PublicClient.builder()
            .authorizationServer(server.authorizationServer())
            .clientId("1406020730")
            .scopes("User.Read")
            .tokenStore(EncryptedFileTokenStore.open(directory, new byte[32]))
            .requestTimeout(Duration.ofSeconds(2))
            .build();
  }

  /**
   * Runs.
   *
   * @param arguments the length in seconds, and an empty directory
   */
  public static void main(String[] arguments) throws Exception {
    boolean good = new Soak(Path.of(arguments[1])).run(Long.parseLong(arguments[0]));
    System.exit(good ? 0 : 1);
  }

  private boolean run(long seconds) throws Exception {
    long start = System.nanoTime();
    signAllIn();
    server.failOneIn(ONE_FAULT_IN);
    passes(start, Math.max(30, seconds / 3));
    Footprint before = rest();
    long heapBefore = heap();
    say("after %d s: heap %d KiB, %s", elapsed(start), heapBefore >> 10, before);

    passes(start, seconds);
    Footprint after = rest();
    long heapAfter = heap();
    say("after %d s: heap %d KiB, %s", elapsed(start), heapAfter >> 10, after);
    server.failNoMore();
    awaitAllAlive();

    require(heapAfter - heapBefore < MORE_HEAP, "the heap grew");
    require(after.sockets() - before.sockets() <= MORE_SOCKETS, "sockets were left open");
    int threadsBefore = before.threads().values().stream().mapToInt(Integer::intValue).sum();
    int threadsAfter = after.threads().values().stream().mapToInt(Integer::intValue).sum();
    require(threadsAfter <= threadsBefore, "threads were left behind");
    require(client.accounts().size() == ACCOUNTS, "accounts are missing");
    require(client.unreadableAccounts().isEmpty(), "records are unreadable");
    say(
        "soak: %d s, %d accounts, %d tokens handed out, %d refreshes, %d calls failed typed,"
            + " %d sign-ins; faults %s; ends %s; spent refresh tokens seen %d; findings %s",
        elapsed(start),
        ACCOUNTS,
        tokens.get(),
        server.refreshes(),
        failures.get(),
        signIns.get(),
        new TreeMap<>(server.faults()),
        new TreeMap<>(ends),
        server.reuses(),
        findings.stream().limit(20).toList());
    return findings.isEmpty();
  }

  private void signAllIn() {
    List<CompletableFuture<SignInResult>> pending = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      int number = i;
      SignIn signIn = client.beginSignIn();
      pending.add(
          signIn
              .result()
              .whenComplete(
                  (result, failure) -> {
                    if (result != null) {
                      accounts.put(number, result.account());
                    }
                  }));
    }
    pending.forEach(CompletableFuture::join);
    signIns.addAndGet(ACCOUNTS);
  }

  /** Uses every account again and again until so many seconds have passed since the start. */
  private void passes(long start, long untilSeconds) throws InterruptedException {
    while (elapsed(start) < untilSeconds && findings.isEmpty()) {
      pass();
      TimeUnit.SECONDS.sleep(PASS_SECONDS);
    }
  }

  /** Returns how many accounts gave a token. */
  private long pass() {
    AtomicLong alive = new AtomicLong();
    CompletableFuture<?>[] calls = new CompletableFuture<?>[ACCOUNTS];
    for (int i = 0; i < ACCOUNTS; i++) {
      int number = i;
      calls[i] = CompletableFuture.runAsync(() -> alive.addAndGet(use(number) ? 1 : 0), callers);
    }
    try {
      CompletableFuture.allOf(calls).get(MAX_PASS_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      findings.add("a pass did not end: " + e);
    }
    return alive.get();
  }

  private boolean use(int number) {
    Account account = accounts.get(number);
    if (account == null || signingIn.contains(number)) {
      return false;
    }
    try {
      AccessToken token = client.tokens(account).get();
      tokens.incrementAndGet();
      if (token.expiresAt().isBefore(Instant.now())) {
        findings.add("an expired token was handed out");
      }
      return true;
    } catch (SignInRequired why) {
      count(why.reason().toString());
      signInAgain(number, why);
    } catch (LatchkeyException e) {
      failures.incrementAndGet();
      count(e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      findings.add("account " + number + ": " + e);
    }
    return false;
  }

  private void count(String end) {
    ends.computeIfAbsent(end, any -> new AtomicLong()).incrementAndGet();
  }

  private void signInAgain(int number, SignInRequired why) {
    if (!signingIn.add(number)) {
      return;
    }
    try {
      SignIn signIn = client.beginSignIn(why);
      CompletableFuture<?> unused =
          signIn
              .result()
              .whenComplete(
                  (result, failure) -> {
                    if (result != null && !result.account().equals(accounts.get(number))) {
                      findings.add("another account came of a sign-in again");
                    }
                    if (failure != null && !(failure instanceof LatchkeyException)) {
                      findings.add("a sign-in failed: " + failure);
                    }
                    signIns.incrementAndGet();
                    signingIn.remove(number);
                  });
    } catch (LatchkeyException e) {
      count("sign-in: " + e.getClass().getSimpleName());
      signingIn.remove(number);
    }
  }

  /** Once the faults have stopped, every session goes on, or its person signs in again. */
  private void awaitAllAlive() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_PASS_SECONDS);
    long alive = pass();
    while (alive < ACCOUNTS && System.nanoTime() - end < 0) {
      TimeUnit.SECONDS.sleep(1);
      alive = pass();
    }
    require(alive == ACCOUNTS, "only " + alive + " sessions are alive");
  }

  /** Lets the connections of the pool and the idle threads end, then looks. */
  private Footprint rest() throws InterruptedException {
    TimeUnit.SECONDS.sleep(10);
    return Footprint.now();
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      findings.add(otherwise);
    }
  }

  private static long elapsed(long start) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
