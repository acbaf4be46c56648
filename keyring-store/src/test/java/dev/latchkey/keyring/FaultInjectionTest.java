package dev.latchkey.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.fixture.FaultPlan;
import dev.latchkey.keyring.fixture.FaultPlan.Crash;
import dev.latchkey.keyring.fixture.FaultPlan.Fault;
import dev.latchkey.keyring.fixture.FaultyEntries;
import dev.latchkey.keyring.fixture.FaultyKeyring;
import dev.latchkey.keyring.fixture.SimulatedKeyring;
import dev.latchkey.keyring.internal.record.ContentCodec;
import dev.latchkey.keyring.internal.record.KeyringEntries;
import dev.latchkey.keyring.internal.worker.KeyringWorker;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault, at every call that every operation makes, for records of several sizes. */
@Timeout(600)
class FaultInjectionTest {

  private static final String SERVICE = "com.example.app";
  private static final String KEY = "account";
  private static final int[] SIZES = {1, 900, 1_300, 4_000, 12_000, 100_000};
  private static final int[] FEW_SIZES = {1, 1_300, 4_000};
  private static final int MANY = 150;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMillis(20);

  @TempDir Path directory;

  private int cases;

  /** A store over some entries, in which the planned fault happens. */
  private interface Faulty {
    TokenStore over(ConcurrentHashMap<String, String> entries, FaultPlan plan);
  }

  /** An operation on the store. */
  private interface Operation {
    /** Returns whether it reports a change of the record. */
    boolean run(TokenStore store, @Nullable StoredRecord before);
  }

  @Test
  void noFaultTearsOrLosesARecordOrReportsAFalseSuccess() {
    faultsOfEntries(FEW_SIZES);

    assertThat(cases).isGreaterThan(1_000);
  }

  @Test
  @Tag("soak")
  void noFaultDoesSoInRecordsOfAllSizes() {
    faultsOfEntries(SIZES);

    assertThat(cases).isGreaterThan(3_000);
  }

  private void faultsOfEntries(int[] sizes) {
    everyOperation(sizes, (entries, plan) -> store(new FaultyEntries(entries, plan)));
    System.out.println("keyring fault injection: " + cases + " cases");
  }

  /** Through all that is between: the worker, the connection, the second try after an accident. */
  @ParameterizedTest
  @EnumSource
  @Tag("soak")
  void noFaultOfTheKeyringItselfDoesSo(FaultyKeyring.Kind kind) {
    faultsOfTheKeyring(FEW_SIZES, kind);

    assertThat(cases).isGreaterThan(1_000);
  }

  private void faultsOfTheKeyring(int[] sizes, FaultyKeyring.Kind kind) {
    everyOperation(
        sizes,
        (entries, plan) -> {
          SimulatedKeyring windows =
              new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER, entries);
          return KeyringTokenStore.builder(SERVICE)
              .callLimit(LIMIT)
              .open(() -> new FaultyKeyring(windows, plan, kind), directory, IDLE, Time.system());
        });
    System.out.println("keyring fault injection, " + kind + ": " + cases + " cases");
  }

  private void everyOperation(int[] sizes, Faulty faulty) {
    for (int size : sizes) {
      String fresh = text(size, 2);
      every(faulty, null, fresh, (store, before) -> store.write(KEY, fresh, null) != null);
      for (int old : sizes) {
        String earlier = text(old, 1);
        every(
            faulty, earlier, fresh, (store, was) -> store.write(KEY, fresh, version(was)) != null);
      }
      String there = text(size, 3);
      every(faulty, there, null, (store, was) -> store.delete(KEY, String.valueOf(version(was))));
      every(faulty, there, there, (store, was) -> prepare(store, size));
      every(faulty, there, there, (store, was) -> store.keys().contains(KEY));
      every(faulty, there, there, (store, was) -> store.read(KEY) != null);
    }
  }

  private static boolean prepare(TokenStore store, int length) {
    store.prepareWrite(KEY, length);
    return true;
  }

  private static @Nullable String version(@Nullable StoredRecord record) {
    return record == null ? null : record.version();
  }

  private void every(
      Faulty faulty, @Nullable String before, @Nullable String after, Operation operation) {
    Map<String, String> entries = entries(faulty, before);
    int calls = run(faulty, entries, before, after, operation, new FaultPlan(null, 0));
    int step = calls > MANY ? 13 : 1; // not every chunk of a very large record is another case
    for (int at = 1; at <= calls; at += step) {
      for (Fault fault : Fault.values()) {
        run(faulty, entries, before, after, operation, new FaultPlan(fault, at));
        cases++;
      }
    }
  }

  private static Map<String, String> entries(Faulty faulty, @Nullable String before) {
    ConcurrentHashMap<String, String> entries = new ConcurrentHashMap<>();
    TokenStore healthy = faulty.over(entries, new FaultPlan(null, 0));
    healthy.write("another", "bystander", null);
    if (before != null) {
      healthy.write(KEY, before, null);
    }
    return entries;
  }

  private int run(
      Faulty faulty,
      Map<String, String> there,
      @Nullable String before,
      @Nullable String after,
      Operation operation,
      FaultPlan plan) {
    ConcurrentHashMap<String, String> entries = new ConcurrentHashMap<>(there);
    TokenStore healthy = faulty.over(entries, new FaultPlan(null, 0));
    String what = plan.toString();

    boolean claimed = false;
    try {
      claimed = operation.run(faulty.over(entries, plan), healthy.read(KEY));
    } catch (TokenStoreFailure typed) {
      assertThat(plan.isNone()).as("a failure without a fault").isFalse();
      checkRevealsNoSecret(typed, before, after);
    } catch (Crash | IllegalStateException crash) {
      assertThat(crash instanceof Crash ? crash : crash.getCause()).isInstanceOf(Crash.class);
    }

    check(healthy, before, after, claimed, what);
    checkWritable(healthy, entries, what);
    return plan.calls();
  }

  private static void checkRevealsNoSecret(Throwable failure, @Nullable String... secrets) {
    for (Throwable said = failure; said != null; said = said.getCause()) {
      for (String secret : secrets) {
        if (secret != null && secret.length() > 1) {
          String part = ContentCodec.encode(secret);
          assertThat(said.toString())
              .doesNotContain(secret)
              .doesNotContain(part.substring(0, Math.min(part.length(), 40)));
        }
      }
    }
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

  /** After everybody has signed out, no entry remains. */
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

  private TokenStore store(KeyringEntries secrets) {
    SimulatedKeyring unused = new SimulatedKeyring(KeyringBackend.WINDOWS_CREDENTIAL_MANAGER);
    KeyringWorker worker = new KeyringWorker(() -> unused, SERVICE, LIMIT, IDLE, Time.system());
    return KeyringTokenStore.builder(SERVICE).open(worker, secrets, directory);
  }

  /** A text that hardly compresses, like a token. */
  private static String text(int size, int seed) {
    Random random = new Random(31L * size + seed);
    StringBuilder text = new StringBuilder(size);
    while (text.length() < size) {
      text.append((char) ('0' + random.nextInt(75)));
    }
    return text.toString();
  }
}
