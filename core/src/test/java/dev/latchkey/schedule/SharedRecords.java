package dev.latchkey.schedule;

import dev.latchkey.internal.session.RecordCodec;
import dev.latchkey.store.StoredRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the processes share: the records and who has their leases. */
final class SharedRecords {

  private final Map<String, StoredRecord> records = new HashMap<>();
  private final Map<String, SimulatedStore> leases = new HashMap<>();
  private int writes;

  @Nullable StoredRecord read(String key) {
    return records.get(key);
  }

  @Nullable String write(String key, String content, @Nullable String expectedVersion) {
    RecordCodec.read(key, content); // never corrupt
    if (!isVersion(key, expectedVersion)) {
      return null;
    }
    String version = "v" + writes++;
    records.put(key, new StoredRecord(content, version));
    return version;
  }

  boolean delete(String key, String expectedVersion) {
    return isVersion(key, expectedVersion) && records.remove(key) != null;
  }

  private boolean isVersion(String key, @Nullable String expected) {
    StoredRecord record = records.get(key);
    return record == null ? expected == null : record.version().equals(expected);
  }

  Set<String> keys() {
    return Set.copyOf(records.keySet());
  }

  boolean isFree(String key) {
    return !leases.containsKey(key);
  }

  void take(String key, SimulatedStore owner) {
    leases.put(key, owner);
  }

  void release(String key, SimulatedStore owner) {
    leases.remove(key, owner);
  }

  /** What the operating system does when a process dies. */
  void releaseAll(SimulatedStore owner) {
    leases.values().removeIf(owner::equals);
  }
}
