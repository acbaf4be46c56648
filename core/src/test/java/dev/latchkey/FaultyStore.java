package dev.latchkey;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store that fails where a test wants it to, and counts its calls. */
final class FaultyStore implements TokenStore {

  /** What can be made to fail. */
  enum Call {
    READ,
    WRITE,
    DELETE,
    LEASE,
    PREPARE
  }

  private final TokenStore beneath;
  private final Map<Call, RuntimeException> faults =
      Collections.synchronizedMap(new EnumMap<>(Call.class));
  private final Map<Call, Runnable> happenings =
      Collections.synchronizedMap(new EnumMap<>(Call.class));
  private final AtomicReference<@Nullable Runnable> afterRead = new AtomicReference<>();
  private volatile @Nullable TokenStoreFailure failsAfterWriting;
  private volatile boolean keepsAll;
  private final AtomicInteger calls = new AtomicInteger();
  private final List<Duration> leaseTimeouts = new CopyOnWriteArrayList<>();

  FaultyStore(TokenStore beneath) {
    this.beneath = beneath;
  }

  /** The store without faults. */
  TokenStore beneath() {
    return beneath;
  }

  int calls() {
    return calls.get();
  }

  /** How long each lease was waited for at most. */
  List<Duration> leaseTimeouts() {
    return leaseTimeouts;
  }

  /** From now on this call fails. */
  void fail(Call call) {
    fail(call, Problem.UNAVAILABLE);
  }

  void fail(Call call, Problem problem) {
    failWith(call, new TokenStoreFailure(problem, "the disk is full", "Make room.", null));
  }

  void failWith(Call call, RuntimeException fault) {
    faults.put(call, fault);
  }

  /** Whether a write fails from now on although it was made: its proof is what got lost. */
  void failAfterWriting(boolean fails) {
    failsAfterWriting =
        fails
            ? new TokenStoreFailure(Problem.TIMED_OUT, "no answer", "Wait and try again.", null)
            : null;
  }

  /** From now on nothing is deleted: the store says that it holds another version. */
  void keepAll() {
    keepsAll = true;
  }

  void mend(Call call) {
    faults.remove(call);
  }

  /** Once, just before the next call of this kind. */
  void before(Call call, Runnable happening) {
    happenings.put(call, happening);
  }

  private void enter(Call call) {
    calls.incrementAndGet();
    Runnable happening = happenings.remove(call);
    if (happening != null) {
      happening.run();
    }
    RuntimeException fault = faults.get(call);
    if (fault != null) {
      throw fault;
    }
  }

  /** Once, between the next read and its return. */
  void afterRead(Runnable happening) {
    afterRead.set(happening);
  }

  @Override
  public @Nullable StoredRecord read(String key) {
    enter(Call.READ);
    StoredRecord record = beneath.read(key);
    Runnable happening = afterRead.getAndSet(null);
    if (happening != null) {
      happening.run();
    }
    return record;
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    enter(Call.WRITE);
    String version = beneath.write(key, content, expectedVersion);
    TokenStoreFailure afterAll = failsAfterWriting;
    if (afterAll != null) {
      throw afterAll;
    }
    return version;
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    enter(Call.DELETE);
    return !keepsAll && beneath.delete(key, expectedVersion);
  }

  @Override
  public Set<String> keys() {
    enter(Call.READ);
    return beneath.keys();
  }

  @Override
  public Lease lease(String key, Duration timeout) throws InterruptedException {
    leaseTimeouts.add(timeout);
    enter(Call.LEASE);
    return beneath.lease(key, timeout);
  }

  @Override
  public void prepareWrite(String key, int length) {
    enter(Call.PREPARE);
    beneath.prepareWrite(key, length);
  }

  @Override
  public String description() {
    return "a store with faults over " + beneath.description();
  }
}
