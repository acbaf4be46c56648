package dev.latchkey.keyring;

import dev.latchkey.store.StoredRecord;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which keys there are, since no keyring tells: a record of its own. A key is added before its
 * record and removed after it, so that none is ever missing; one too many is pruned by readers.
 */
final class Index {

  private final Records records;
  private final Locks locks;
  private final Names names;

  Index(Records records, Locks locks, String service) {
    this.records = records;
    this.locks = locks;
    this.names = Names.ofIndex(service);
  }

  Set<String> keys() {
    StoredRecord record = records.read(names);
    return record == null ? Set.of() : parse(record.content());
  }

  void add(String key) {
    change(keys -> keys.add(key));
  }

  void remove(String key) {
    change(keys -> keys.remove(key));
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
