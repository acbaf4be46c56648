package dev.latchkey.keyring;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.store.StoredRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys there are, since no keyring tells: a record of its own. A key is added before its
 * record and removed after it, so that none is ever missing; one too many is pruned by readers.
 */
final class Index {

  private static final Logger LOG = LoggerFactory.getLogger(Index.class);

  private final Records records;
  private final Locks locks;
  private final Names names;
  private volatile @Nullable Seen seen;

  /** What was read under a version, which never comes again. */
  private record Seen(String version, Set<String> keys) {}

  Index(Records records, Locks locks, String service) {
    this.records = records;
    this.locks = locks;
    this.names = Names.ofIndex(service);
  }

  Set<String> keys() {
    Seen known = seen;
    Head head = known == null ? null : records.head(names);
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

  void add(String key) {
    change(keys -> keys.add(key));
  }

  /**
   * Lists a record again whose key is gone, as after somebody deleted a damaged index by hand.
   * Never fails: the record that was just written counts more.
   */
  void relist(String key) {
    try {
      if (!keys().contains(key)) {
        add(key);
      }
    } catch (TokenStoreFailure e) {
      LOG.debug("Leaving the index as it is", e);
    }
  }

  void remove(String key) {
    change(keys -> keys.remove(key));
  }

  /** Removes a key whose record is gone. Never fails: readers prune what is left. */
  void unlist(String key) {
    try {
      remove(key);
    } catch (TokenStoreFailure e) {
      LOG.debug("Leaving the index as it is", e);
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
    if (!keys.stream().allMatch(Content::isKey)) {
      throw Failures.damaged(names.service(), names.head(), "it lists what is no key");
    }
    return Set.copyOf(keys);
  }
}
