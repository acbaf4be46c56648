package dev.latchkey.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** The main class of the processes that {@link SharedTokenStoreContract} starts. */
final class StoreProcess {

  /** Marks the lines for the parent; all other output is for people. */
  static final String PREFIX = "> ";

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private StoreProcess() {}

  /** Arguments: class of the opener, location, command, key, number. */
  public static void main(String[] arguments) throws Exception {
    Thread parent = new Thread(StoreProcess::listenToParent);
    parent.setDaemon(true);
    parent.start();
    String key = arguments[3];
    try (TokenStore store = open(arguments[0], arguments[1])) {
      switch (arguments[2]) {
        case "count" -> Counter.add(store, key, Integer.parseInt(arguments[4]));
        case "count-under-lease" -> countUnderLease(store, key, Integer.parseInt(arguments[4]));
        case "hold" -> hold(store, key);
        case "try" -> tryOnce(store, key);
        case "scribble" -> scribble(store, key, Integer.parseInt(arguments[4]));
        default -> throw new IllegalArgumentException(arguments[2]);
      }
    }
  }

  static TokenStore open(String opener, String location) throws Exception {
    Constructor<?> constructor = Class.forName(opener).getDeclaredConstructor();
    constructor.setAccessible(true);
    return ((SharedTokenStoreContract.Opener) constructor.newInstance()).open(location);
  }

  private static void countUnderLease(TokenStore store, String key, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      TokenStore.Lease lease = store.lease(key, LONG);
      StoredRecord now = Objects.requireNonNull(store.read(key));
      String more = Integer.toString(Integer.parseInt(now.content()) + 1);
      if (store.write(key, more, now.version()) == null) {
        throw new AssertionError("Somebody else wrote while this process held the lease");
      }
      lease.close();
    }
  }

  private static void hold(TokenStore store, String key) throws Exception {
    TokenStore.Lease lease = store.lease(key, LONG);
    say("held");
    RELEASED.await();
    lease.close();
  }

  private static void tryOnce(TokenStore store, String key) throws InterruptedException {
    try {
      store.lease(key, Duration.ZERO).close();
      say("leased");
    } catch (TokenStoreFailure e) {
      say(e.problem().name());
    }
  }

  private static void scribble(TokenStore store, String key, int done) throws Exception {
    TokenStore.Lease lease = store.lease(key, LONG);
    say("scribbling");
    for (int number = done + 1; !lease.toString().isEmpty(); number++) {
      Scribble.make(store, key, number);
      say(Integer.toString(number));
    }
  }

  private static void say(String line) {
    byte[] bytes = (PREFIX + line + "\n").getBytes(UTF_8);
    System.out.write(bytes, 0, bytes.length); // Atomically: half a number would be another number.
    System.out.flush();
  }

  /** Ends this process when the parent ends, however it ends. */
  private static void listenToParent() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      while (in.readLine() != null) {
        RELEASED.countDown();
      }
    } catch (IOException gone) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(1);
  }
}
