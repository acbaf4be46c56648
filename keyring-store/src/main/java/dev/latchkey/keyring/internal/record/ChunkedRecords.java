package dev.latchkey.keyring.internal.record;

import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.store.StoredRecord;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of any size: each is a head and two slots of chunks. A write fills the unused slot and
 * then replaces the head: that one entry is the commit. Readers need no lock; a writer must be the
 * only one of its record.
 */
public final class ChunkedRecords {

  private static final Logger log = LoggerFactory.getLogger(ChunkedRecords.class);
  private static final int MAX_TRIES = 100;
  private static final Pattern KEYS = Pattern.compile("[a-z0-9-]{1,64}");

  private final KeyringEntries entries;
  private final RecordChunks chunks;

  public ChunkedRecords(KeyringEntries entries) {
    this.entries = entries;
    this.chunks = new RecordChunks(entries);
  }

  public @Nullable RecordHead head(EntryNames names) {
    String entry = entries.get(names.head());
    return entry == null ? null : RecordHead.parse(entry, names);
  }

  /** The record, or null if there is none. */
  public @Nullable StoredRecord read(EntryNames names) {
    Packed packed = packed(names);
    return packed == null
        ? null
        : new StoredRecord(decode(names, packed.text()), packed.head().version());
  }

  /** A head, and what its chunks say. */
  private record Packed(RecordHead head, String text) {}

  /**
   * The key of a record, or null if there is no record, or it does not say. One of an earlier
   * version says so only if its content holds the key somewhere.
   */
  public @Nullable String key(EntryNames names) {
    Packed packed = packed(names);
    if (packed == null) {
      return null;
    }
    try {
      String key = ContentCodec.key(packed.text());
      if (names.isOf(key)) {
        return key;
      }
    } catch (DataFormatException e) {
      throw RecordFailures.damaged(names, "its text cannot be decoded");
    }
    return KEYS.matcher(decode(names, packed.text()))
        .results()
        .map(MatchResult::group)
        .filter(names::isOf)
        .findFirst()
        .orElse(null);
  }

  /** Which records have entries, whole or not, and the index; null if the keyring cannot tell. */
  public @Nullable Set<String> ids() {
    Set<String> entryNames = entries.names();
    if (entryNames == null) {
      return null;
    }
    Set<String> ids = new TreeSet<>();
    for (String name : entryNames) {
      String id = EntryNames.idOf(name);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Starts again when a writer was faster. */
  private @Nullable Packed packed(EntryNames names) {
    RecordHead head = head(names);
    for (int tries = 0; tries < MAX_TRIES && head != null; tries++) {
      String text = chunks.get(names, head);
      if (text != null) {
        return new Packed(head, text);
      }
      RecordHead now = head(names);
      if (head.equals(now)) {
        throw RecordFailures.damaged(names, "its chunks are missing or changed");
      }
      head = now;
    }
    if (head != null) {
      throw RecordFailures.everChanging(names.head());
    }
    return null;
  }

  private static String decode(EntryNames names, String text) {
    try {
      return ContentCodec.decode(text);
    } catch (DataFormatException e) {
      throw RecordFailures.damaged(names, "its text cannot be decoded");
    }
  }

  /** Replaces the record that has the given head, or creates it, and returns the new version. */
  public String replace(EntryNames names, String key, @Nullable RecordHead old, String content) {
    String text = ContentCodec.encode(content, key);
    RecordHead fresh = RecordHead.of(old == null ? 0 : 1 - old.slot(), text, entries.maxLength());
    chunks.put(names, fresh.slot(), text);
    commit(names, fresh);
    tidy(names, fresh);
    return fresh.version();
  }

  /** A call that failed may have set the head all the same: what is read back decides. */
  private void commit(EntryNames names, RecordHead fresh) {
    TokenStoreFailure failure = null;
    try {
      entries.set(names.head(), fresh.entry());
    } catch (TokenStoreFailure e) {
      failure = e;
    }
    String kept;
    try {
      kept = entries.get(names.head());
    } catch (TokenStoreFailure e) {
      if (failure != null) {
        e.addSuppressed(failure);
      }
      throw e;
    }
    if (!fresh.entry().equals(kept)) {
      throw failure != null ? failure : RecordFailures.notDurable(names.head(), "keep");
    }
    entries.flush();
  }

  /** The write is complete: chunks that cannot be deleted now are left to the next write. */
  private void tidy(EntryNames names, RecordHead fresh) {
    try {
      chunks.clear(names, fresh.slot(), fresh.chunks());
      chunks.clear(names, 1 - fresh.slot(), 0);
    } catch (TokenStoreFailure e) {
      log.debug("Leaving the old chunks of {} to the next write", names.head(), SafeCause.of(e));
    }
  }

  /** Deletes the head, which is the commit, and then the chunks. */
  public void remove(EntryNames names) {
    chunks.delete(names.head());
    removeChunks(names);
    entries.flush();
  }

  /** Deletes all entries that are there of a record that is of no use. */
  public void discard(EntryNames names) {
    Set<String> all = entries.names();
    chunks.delete(names.head());
    if (all != null) {
      all.stream()
          .filter(name -> names.id().equals(EntryNames.idOf(name)))
          .filter(name -> !name.equals(names.head()))
          .forEach(chunks::delete);
    }
    removeChunks(names);
    entries.flush();
  }

  /** Deletes the chunks of a record that has no head. */
  public void removeChunks(EntryNames names) {
    chunks.clearAll(names, 0);
    chunks.clearAll(names, 1);
  }

  /**
   * Fills the slot that the next write will fill, which proves that it can be filled. Encodes a
   * record, too, so that the code is loaded before there is one that must not be lost.
   */
  public void prepare(EntryNames names, @Nullable RecordHead head, int length) {
    if (entries.leavesTraces()) {
      return; // that the head could be looked for has to do
    }
    int slot = head == null ? 0 : 1 - head.slot();
    RecordHead unused = RecordHead.of(slot, ContentCodec.encode("{}"), entries.maxLength());
    chunks.put(names, slot, "x".repeat(length));
    if (head == null) {
      chunks.clear(names, slot, 0);
    }
  }
}
