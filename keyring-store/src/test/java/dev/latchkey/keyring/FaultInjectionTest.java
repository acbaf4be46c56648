package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.FaultySecrets.Crash;
import dev.latchkey.keyring.FaultySecrets.Fault;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every fault, at every call that every operation makes, over records of all sizes. */
@Timeout(600)
class FaultInjectionTest {

  private static final String KEY = "account";
  private static final int[] SIZES = {1, 900, 1_300, 4_000, 12_000, 100_000};

  @TempDir Path directory;

  private int cases;

  /** What an operation leaves behind when nothing goes wrong. */
  private interface Operation {
    /** Returns whether it claims to have changed the record. */
    boolean run(TokenStore store, @Nullable StoredRecord before);
  }

  @Test
  void noFaultTearsOrLosesARecordOrReportsAFalseSuccess() {
    for (int size : SIZES) {
      String fresh = text(size, 2);
      every(null, fresh, (store, before) -> store.write(KEY, fresh, null) != null);
      for (int old : SIZES) {
        if (old + size > 100_500) {
          continue; // takes minutes, and shows what the others show
        }
        String earlier = text(old, 1);
        every(earlier, fresh, (store, was) -> store.write(KEY, fresh, version(was)) != null);
      }
      String there = text(size, 3);
      every(there, null, (store, was) -> store.delete(KEY, Objects.requireNonNull(version(was))));
      every(there, there, (store, was) -> prepare(store, size));
      every(there, there, (store, was) -> store.keys().contains(KEY));
      every(there, there, (store, was) -> store.read(KEY) != null);
    }

    System.out.println("keyring fault injection: " + cases + " cases");
    assertThat(cases).isGreaterThan(3_000);
  }

  private static boolean prepare(TokenStore store, int length) {
    store.prepareWrite(KEY, length);
    return true;
  }

  private static @Nullable String version(@Nullable StoredRecord record) {
    return record == null ? null : record.version();
  }

  private void every(@Nullable String before, @Nullable String after, Operation operation) {
    Map<String, String> entries = entries(before);
    int calls = run(entries, before, after, operation, null, 0);
    for (int at = 1; at <= calls; at++) {
      for (Fault fault : Fault.values()) {
        run(entries, before, after, operation, fault, at);
        cases++;
      }
    }
  }

  private Map<String, String> entries(@Nullable String before) {
    ConcurrentHashMap<String, String> entries = new ConcurrentHashMap<>();
    TokenStore healthy = store(new FaultySecrets(entries, null, 0));
    healthy.write("another", "bystander", null);
    if (before != null) {
      healthy.write(KEY, before, null);
    }
    return entries;
  }

  private int run(
      Map<String, String> there,
      @Nullable String before,
      @Nullable String after,
      Operation operation,
      @Nullable Fault fault,
      int at) {
    ConcurrentHashMap<String, String> entries = new ConcurrentHashMap<>(there);
    TokenStore healthy = store(new FaultySecrets(entries, null, 0));
    FaultySecrets faulty = new FaultySecrets(entries, fault, at);
    String what = fault + " at call " + at;

    boolean claimed = false;
    try {
      claimed = operation.run(store(faulty), healthy.read(KEY));
    } catch (TokenStoreFailure | Crash expected) {
      assertThat(fault).as("a failure without a fault").isNotNull();
    }

    check(healthy, before, after, claimed, what);
    checkWritable(healthy, entries, what);
    return faulty.calls();
  }

  private void check(
      TokenStore store,
      @Nullable String before,
      @Nullable String after,
      boolean claimed,
      String what) {
    StoredRecord now = store.read(KEY);
    String content = now == null ? null : now.content();
    if (claimed) {
      assertThat(content).as("false success: " + what).isEqualTo(after);
    } else {
      assertThat(Objects.equals(content, before) || Objects.equals(content, after))
          .as("torn or lost: " + what)
          .isTrue();
    }
    assertThat(store.keys())
        .as(what)
        .isEqualTo(now == null ? Set.of("another") : Set.of("another", KEY));
    StoredRecord bystander = Objects.requireNonNull(store.read("another"));
    assertThat(bystander.content()).as(what).isEqualTo("bystander");
  }

  /** And when everybody signs out, not one entry stays. */
  private static void checkWritable(
      TokenStore store, ConcurrentHashMap<String, String> entries, String what) {
    String version = store.write(KEY, "afterwards", version(store.read(KEY)));
    assertThat(version).as("not writable: " + what).isNotNull();
    StoredRecord read = Objects.requireNonNull(store.read(KEY));
    assertThat(read.content()).as(what).isEqualTo("afterwards");
    assertThat(store.delete(KEY, read.version())).as(what).isTrue();
    StoredRecord bystander = Objects.requireNonNull(store.read("another"));
    assertThat(store.delete("another", bystander.version())).as(what).isTrue();
    assertThat(entries).as("left over: " + what).isEmpty();
  }

  private TokenStore store(Secrets secrets) {
    SimulatedKeyring unused = new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);
    Worker worker =
        new Worker(unused, "com.example.app", Duration.ofSeconds(10), Duration.ofSeconds(1));
    return KeyringTokenStore.builder("com.example.app").open(worker, secrets, directory);
  }

  /** Like a token: letters that hardly compress. */
  private static String text(int size, int seed) {
    Random random = new Random(31L * size + seed);
    StringBuilder text = new StringBuilder(size);
    while (text.length() < size) {
      text.append((char) ('0' + random.nextInt(75)));
    }
    return text.toString();
  }
}
