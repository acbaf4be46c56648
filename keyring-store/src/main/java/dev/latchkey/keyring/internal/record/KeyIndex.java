package dev.latchkey.keyring.internal.record;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.store.RecordLimits;
import dev.latchkey.store.StoredRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of all records, in a record of its own: no keyring lists its entries everywhere. A key
 * is added before its record and removed after it, so none is ever missing; readers prune what is
 * left over.
 */
public final class KeyIndex {

  private static final Logger log = LoggerFactory.getLogger(KeyIndex.class);

  private final ChunkedRecords records;
  private final RecordLocks locks;
  private final EntryNames names;
  private volatile @Nullable Seen seen;

  /** What was read under a version. Versions never recur. */
  private record Seen(String version, Set<String> keys) {}

  public KeyIndex(ChunkedRecords records, RecordLocks locks, String service) {
    this.records = records;
    this.locks = locks;
    this.names = EntryNames.ofIndex(service);
  }

  public Set<String> keys() {
    Seen known = seen;
    RecordHead head = known == null ? null : records.head(names);
    if (known != null && head != null && head.version().equals(known.version())) {
      return known.keys();
    }
    StoredRecord record = records.read(names);
    if (record == null) {
      return Set.of();
    }
    Set<String> keys = parse(record.content());
    seen = new Seen(record.version(), keys);
    return keys;
  }

  public void add(String key) {
    change(keys -> keys.add(key));
  }

  /**
   * Adds the key of a record that was just written if the index has lost it, for example because
   * somebody deleted a damaged index by hand. Never fails: the record is what counts.
   */
  public void restore(String key) {
    try {
      if (!keys().contains(key)) {
        add(key);
      }
    } catch (TokenStoreFailure e) {
      log.debug("Leaving the index as it is", SafeCause.of(e));
    }
  }

  public void remove(String key) {
    change(keys -> keys.remove(key));
  }

  /** Removes the key of a deleted record. Never fails: readers prune what is left. */
  public void removeIfPossible(String key) {
    try {
      remove(key);
    } catch (TokenStoreFailure e) {
      log.debug("Leaving the index as it is", SafeCause.of(e));
    }
  }

  private void change(Predicate<Set<String>> change) {
    locks.locked(
        names,
        () -> {
          Set<String> keys = new TreeSet<>(keys());
          if (!change.test(keys)) {
            return false;
          }
          if (keys.isEmpty()) {
            records.remove(names);
          } else {
            records.replace(names, records.head(names), String.join("\n", keys));
          }
          return true;
        });
  }

  private Set<String> parse(String content) {
    List<String> keys = content.lines().toList();
    if (!keys.stream().allMatch(RecordLimits::isKey)) {
      throw RecordFailures.damaged(names, "it lists invalid keys");
    }
    return Set.copyOf(keys);
  }
}
