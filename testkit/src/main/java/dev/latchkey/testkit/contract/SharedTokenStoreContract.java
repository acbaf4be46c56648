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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of a {@link TokenStore} that several processes share: all of {@link
 * TokenStoreContract}, and that no process, running or killed, loses or damages a record.
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
 * <p>The tests here start JVMs with the class path of the test, and have the JUnit tag {@code
 * processes}. One of them kills 25 writers, or as many as the system property {@code
 * latchkey.kills} says.
 */
public abstract class SharedTokenStoreContract extends TokenStoreContract {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int PROCESSES = 4;
  private static final int ROUNDS = Integer.getInteger("latchkey.kills", 25);

  /** For subclasses. */
  protected SharedTokenStoreContract() {}

  /** Opens a storage by its name. Each process creates an opener with the default constructor. */
  public interface Opener {
    /**
     * Opens the storage.
     *
     * @param location the {@link SharedTokenStoreContract#location()}. The process list shows it,
     *     so it must not contain a key
     * @return the store
     * @throws Exception if it cannot be opened; the test fails
     */
    TokenStore open(String location) throws Exception;
  }

  /**
   * The class that opens the storage, in this process and in others.
   *
   * @return a class whose constructor has no parameters
   */
  protected abstract Class<? extends Opener> opener();

  /**
   * The name of the storage: a different, empty one for each test.
   *
   * @return for example a directory, an address or a name
   */
  protected abstract String location();

  /**
   * How long a writer lives at most before it is killed: long enough for a few writes, short enough
   * to hit one half-way. Default 80 ms, for a disk; return more for a slower storage.
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
  @Tag("processes")
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
  @Tag("processes")
  void processesThatCountLoseNoUpdate() throws Exception {
    try (TokenStore store = open()) {
      store.write("counter", "0", null);

      succeedTogether("count", "counter", "10");

      StoredRecord read = store.read("counter");
      assertNotNull(read);
      assertEquals(Integer.toString(PROCESSES * 10), read.content());
    }
  }

  @Test
  @Tag("processes")
  void processesHoldTheLeaseOneAtATime() throws Exception {
    try (TokenStore store = open()) {
      store.write("counter", "0", null);

      succeedTogether("count-under-lease", "counter", "10");

      StoredRecord read = store.read("counter");
      assertNotNull(read);
      assertEquals(Integer.toString(PROCESSES * 10), read.content());
    }
  }

  @Test
  @Tag("processes")
  void aLeaseOfAnotherProcessIsWaitedFor() throws Exception {
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

  /** On some operating systems, a lock ends when any thread of the process closes the file. */
  @Test
  @Tag("processes")
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
        process.expect("leased");
      }
    }
  }

  @Test
  @Tag("processes")
  void theLeaseOfAKilledProcessIsReleasedAtOnce() throws Exception {
    try (TokenStore store = open();
        OtherProcess holder = start("hold", "account")) {
      holder.expect("held");
      holder.kill();
      var stopwatch = new Stopwatch();

      store.lease("account", LONG).close();

      Duration waited = stopwatch.elapsed();
      assertTrue(waited.compareTo(Duration.ofSeconds(5)) < 0, "waited " + waited);
    }
  }

  /** Old or new, never half, never older than acknowledged; and the next writer can go on. */
  @Test
  @Tag("processes")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void writersKilledAtAnyMomentLeaveTheOldRecordOrTheNew() throws Exception {
    int done = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (OtherProcess writer = start("scribble", "account", Integer.toString(done))) {
        writer.expect("scribbling");
        // Until one has written at all, they live longer from round to round: on a slow machine all
        // would be killed before they write, which tests nothing. It excuses no store.
        long longest = longestLife().toMillis() * (done == 0 ? 1 + round / 3 : 1);
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
    assertTrue(done > 0, "No writer lived long enough to write");
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
