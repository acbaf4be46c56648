package dev.latchkey.keyring.internal.record;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.error.TokenStoreFailure.Problem;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.store.RecordLimits;
import dev.latchkey.store.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of all records, in a record of its own, since not every keyring lists its entries. It is
 * a cache: where the keyring does list them, an index that is lost or damaged is made again from
 * the records themselves. A key is added before its record and removed after it, so none is ever
 * missing; readers prune what is left over.
 */
public final class KeyIndex {

  private static final Logger log = LoggerFactory.getLogger(KeyIndex.class);

  private final ChunkedRecords records;
  private final RecordLocks locks;
  private final EntryNames names;
  private volatile @Nullable Seen seen;

  /** What was read or written under a version. Versions never recur. */
  private record Seen(String version, Set<String> keys) {}

  public KeyIndex(ChunkedRecords records, RecordLocks locks, String service) {
    this.records = records;
    this.locks = locks;
    this.names = EntryNames.ofIndex(service);
  }

  /**
   * All keys.
   *
   * @throws TokenStoreFailure if the index is of a newer version, or is damaged and the keyring
   *     does not list its entries
   */
  public Set<String> keys() {
    Present present = present();
    if (!present.stored() && !present.keys().isEmpty()) {
      keep();
    }
    return present.keys();
  }

  /** The keys that the index lists; null if there is no index. */
  private @Nullable Set<String> stored() {
    Seen known = seen;
    RecordHead head = known == null ? null : records.head(names);
    if (known != null && head != null && head.version().equals(known.version())) {
      return known.keys();
    }
    StoredRecord record = records.read(names);
    if (record == null) {
      return null;
    }
    Set<String> keys = parse(record.content());
    seen = new Seen(record.version(), keys);
    return keys;
  }

  /** The keys that the records themselves tell; null if the keyring cannot list them. */
  private @Nullable Set<String> found() {
    Set<String> ids = records.ids();
    if (ids == null) {
      return null;
    }
    Set<String> keys = new TreeSet<>();
    for (String id : ids) {
      String key = id.equals(names.id()) ? null : key(new EntryNames(names.service(), id));
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private @Nullable String key(EntryNames record) {
    try {
      return records.key(record);
    } catch (TokenStoreFailure e) {
      return switch (e.problem()) {
        case DAMAGED, NEWER, AMBIGUOUS -> null;
        default -> throw e;
      };
    }
  }

  /** What this process has seen; those whose records are gone are pruned by readers. */
  private Set<String> known() {
    Seen last = seen;
    return last == null ? Set.of() : last.keys();
  }

  /** Stores an index that was made again. Never fails, never waits: the next reader can do it. */
  private void keep() {
    try {
      rebuild(Duration.ZERO);
    } catch (TokenStoreFailure e) {
      log.debug("Leaving the index as it is", SafeCause.of(e));
    }
  }

  /**
   * Makes the index again: from the records where the keyring lists them, and otherwise from what
   * this process has seen. What the present index lists stays listed, if it can be read.
   *
   * @throws TokenStoreFailure if it is of a newer version, or cannot be written
   */
  public void rebuild(Duration patience) {
    locks.locked(
        names,
        patience,
        () -> {
          Set<String> keys = new TreeSet<>(known());
          Set<String> stored = null;
          try {
            stored = stored();
          } catch (TokenStoreFailure e) {
            requireDamage(e);
          }
          Set<String> found = found();
          keys.addAll(stored == null ? Set.of() : stored);
          keys.addAll(found == null ? Set.of() : found);
          if (!keys.equals(stored)) {
            write(keys);
          }
          return true;
        });
  }

  private static void requireDamage(TokenStoreFailure e) {
    if (e.problem() != Problem.DAMAGED) {
      throw e;
    }
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

  /**
   * The keys, and whether the index lists them.
   *
   * @param stored false if the records tell them, or this process remembers them
   */
  private record Present(Set<String> keys, boolean stored) {}

  private Present present() {
    TokenStoreFailure damage = null;
    try {
      Set<String> stored = stored();
      if (stored != null) {
        return new Present(stored, true);
      }
    } catch (TokenStoreFailure e) {
      requireDamage(e);
      damage = e;
    }
    Set<String> found = found();
    if (found == null && damage != null) {
      throw damage;
    }
    return new Present(found == null ? known() : found, false);
  }

  private void change(Predicate<Set<String>> change) {
    locks.locked(
        names,
        () -> {
          Set<String> keys = new TreeSet<>(present().keys());
          if (!change.test(keys)) {
            return false;
          }
          write(keys);
          return true;
        });
  }

  private void write(Set<String> keys) {
    if (keys.isEmpty()) {
      records.discard(names);
      return;
    }
    RecordHead head = null;
    try {
      head = records.head(names);
    } catch (TokenStoreFailure e) {
      requireDamage(e);
    }
    String version = records.replace(names, "", head, String.join("\n", keys));
    seen = new Seen(version, Set.copyOf(keys));
  }

  private Set<String> parse(String content) {
    List<String> keys = content.lines().toList();
    if (!keys.stream().allMatch(RecordLimits::isKey)) {
      throw RecordFailures.damaged(names, "it lists invalid keys");
    }
    return Set.copyOf(keys);
  }
}
