package dev.latchkey.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link TokenStore} that several processes share has to keep: all of {@link
 * TokenStoreContract}, and that other processes, alive or killed, lose and break nothing. Starts
 * JVMs of its own, with the class path of the test.
 *
 * <pre>{@code
 * class MyTokenStoreTest extends SharedTokenStoreContract {
 *   @TempDir Path directory;
 *
 *   @Override
 *   protected Class<? extends Opener> opener() {
 *     return MyOpener.class;
 *   }
 *
 *   @Override
 *   protected String location() {
 *     return directory.toString();
 *   }
 *
 *   static final class MyOpener implements Opener {
 *     @Override
 *     public TokenStore open(String location) {
 *       return new MyTokenStore(Path.of(location));
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Writers are killed 25 times; {@code -Dlatchkey.kills=200} says how often instead.
 */
public abstract class SharedTokenStoreContract extends TokenStoreContract {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int PROCESSES = 4;
  private static final int ROUNDS = Integer.getInteger("latchkey.kills", 25);

  /** For subclasses. */
  protected SharedTokenStoreContract() {}

  /** Opens a storage that has a name; each process makes its own by the default constructor. */
  public interface Opener {
    /**
     * Opens it.
     *
     * @param location what {@link SharedTokenStoreContract#location()} gave; seen in the process
     *     list, so not the place for a key
     * @return the store
     * @throws Exception if it cannot be opened; the test fails
     */
    TokenStore open(String location) throws Exception;
  }

  /**
   * The class that opens the storage, here and in other processes.
   *
   * @return a class with a constructor without parameters
   */
  protected abstract Class<? extends Opener> opener();

  /**
   * The name of a storage, a different and empty one for each test.
   *
   * @return a directory, an address, a name
   */
  protected abstract String location();

  /**
   * How long a writer may live before it is killed, at most. Long enough for some writes, short
   * enough to meet them half-way; a slow storage gives more than the 80 ms of a disk.
   *
   * @return the longest life of a writer
   */
  protected Duration longestLife() {
    return Duration.ofMillis(80);
  }

  @Override
  protected TokenStore open() throws Exception {
    return StoreProcess.open(opener().getName(), location());
  }

  @Test
  void anotherProcessSeesWhatThisOneWrote() throws Exception {
    try (TokenStore store = open()) {
      String version = store.write("account", "0", null);
      try (OtherProcess process = start("count", "account", "1")) {
        process.succeed();
      }

      StoredRecord read = store.read("account");
      assertNotNull(read);
      assertEquals("1", read.content());
      assertTrue(!read.version().equals(version), "the version has changed");
    }
  }

  @Test
  void processesThatCountLoseNothing() throws Exception {
    try (TokenStore store = open()) {
      store.write("counter", "0", null);

      succeedTogether("count", "counter", "10");

      StoredRecord read = store.read("counter");
      assertNotNull(read);
      assertEquals(Integer.toString(PROCESSES * 10), read.content());
    }
  }

  @Test
  void processesHoldTheLeaseOneAfterTheOther() throws Exception {
    try (TokenStore store = open()) {
      store.write("counter", "0", null);

      succeedTogether("count-under-lease", "counter", "10");

      StoredRecord read = store.read("counter");
      assertNotNull(read);
      assertEquals(Integer.toString(PROCESSES * 10), read.content());
    }
  }

  @Test
  void theLeaseOfAnotherProcessIsWaitedFor() throws Exception {
    try (TokenStore store = open();
        OtherProcess holder = start("hold", "account")) {
      holder.expect("held");

      TokenStoreFailure failure =
          assertThrows(
              TokenStoreFailure.class, () -> store.lease("account", Duration.ofMillis(200)));
      holder.send("release");
      store.lease("account", LONG).close();

      assertEquals(Problem.LEASE_TIMEOUT, failure.problem());
      holder.succeed();
    }
  }

  /** The locks of some operating systems end when any thread of the process closes the file. */
  @Test
  void threadsThatGiveUpDoNotLoseTheLeaseToAnotherProcess() throws Exception {
    try (TokenStore store = open();
        TokenStore other = open()) {
      TokenStore.Lease lease = store.lease("account", LONG);
      for (TokenStore handle : List.of(store, other)) {
        assertThrows(TokenStoreFailure.class, () -> handle.lease("account", Duration.ofMillis(5)));
      }

      try (OtherProcess process = start("try", "account")) {
        process.expect(Problem.LEASE_TIMEOUT.name());
      }
      lease.close();
      try (OtherProcess process = start("try", "account")) {
        process.expect("got it");
      }
    }
  }

  @Test
  void theLeaseOfAKilledProcessIsFreeAtOnce() throws Exception {
    try (TokenStore store = open();
        OtherProcess holder = start("hold", "account")) {
      holder.expect("held");
      holder.kill();
      long killed = System.nanoTime();

      store.lease("account", LONG).close();

      Duration waited = Duration.ofNanos(System.nanoTime() - killed);
      assertTrue(waited.compareTo(Duration.ofSeconds(5)) < 0, "waited " + waited);
    }
  }

  /** Old or new, never half, never less than was acknowledged; and the next one can go on. */
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void writersKilledAtAnyMomentLeaveTheOldRecordOrTheNew() throws Exception {
    int done = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (OtherProcess writer = start("scribble", "account", Integer.toString(done))) {
        writer.expect("scribbling");
        long longest = longestLife().toMillis() * (done == 0 ? 1 + round / 3 : 1); // a slow machine
        long life = ThreadLocalRandom.current().nextLong(longest);
        writer.killAfter(Duration.ofMillis(life));
        int acknowledged = writer.lastNumber(done);
        try (TokenStore store = open()) {
          store.lease("account", LONG).close();
          done = Scribble.check(store.read("account"), acknowledged);
          assertEquals(Scribble.keysAfter(done, "account"), store.keys());
        }
      }
    }
    assertTrue(done > 0, "No writer lived long enough to write.");
  }

  private void succeedTogether(String... command) throws Exception {
    List<OtherProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(start(command));
      }
      for (OtherProcess process : processes) {
        process.succeed();
      }
    } finally {
      processes.forEach(OtherProcess::close);
    }
  }

  private OtherProcess start(String... command) throws Exception {
    return OtherProcess.start(opener().getName(), location(), command);
  }
}
