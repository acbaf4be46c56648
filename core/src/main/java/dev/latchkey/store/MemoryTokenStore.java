package dev.latchkey.store;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.concurrent.KeyedLocks;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in the memory of this process only: when it ends, everybody is signed out. The
 * default. Thread-safe. Two instances share nothing. {@link #close()} does nothing.
 *
 * <pre>{@code
 * PublicClient client = PublicClient.builder()
 *     .authorizationServer(Entra.common())
 *     .clientId("your-client-id")
 *     .tokenStore(new MemoryTokenStore()) // as without this line
 *     .build();
 * }</pre>
 *
 * @see dev.latchkey.PublicClientBuilder#tokenStore
 */
public final class MemoryTokenStore implements TokenStore {

  private final ConcurrentHashMap<String, StoredRecord> records = new ConcurrentHashMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final KeyedLocks leases = new KeyedLocks();

  /** Creates an empty store. */
  public MemoryTokenStore() {}

  @Override
  public @Nullable StoredRecord read(String key) {
    return records.get(RecordLimits.checkKey(key));
  }

  @Override
  public @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    String version = Long.toString(writes.incrementAndGet());
    StoredRecord fresh = new StoredRecord(RecordLimits.checkContent(content), version);
    StoredRecord now =
        records.compute(
            RecordLimits.checkKey(key),
            (k, old) ->
                Objects.equals(old == null ? null : old.version(), expectedVersion) ? fresh : old);
    // Not fresh.equals(now): the first equals of a record makes a process build 50 classes.
    return now != null && version.equals(now.version()) ? version : null;
  }

  @Override
  public boolean delete(String key, String expectedVersion) {
    StoredRecord old = records.get(RecordLimits.checkKey(key));
    return old != null && old.version().equals(expectedVersion) && records.remove(key, old);
  }

  @Override
  public Set<String> keys() {
    // Set.copyOf would copy twice.
    return Collections.unmodifiableSet(new HashSet<>(records.keySet()));
  }

  @Override
  public Lease lease(String key, Duration timeout) throws InterruptedException {
    if (!leases.tryLock(RecordLimits.checkKey(key), timeout)) {
      throw new TokenStoreFailure(
          TokenStoreFailure.Problem.LEASE_TIMEOUT,
          "Another thread kept the lease of record " + key + " for longer than " + timeout + ".",
          "Try again when its refresh is done.",
          null);
    }
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        leases.unlock(key);
      }
    };
  }

  @Override
  public void prepareWrite(String key, int length) {
    RecordLimits.checkKey(key);
    RecordLimits.checkLength(length);
  }

  @Override
  public String description() {
    return "the memory of this process";
  }

  @Override
  public String toString() {
    return "MemoryTokenStore[records=" + records.size() + "]";
  }
}
