package dev.latchkey.keyring.internal.record;

import org.jspecify.annotations.Nullable;

/** Long texts in the numbered entries of a slot; every write is read back. */
final class RecordChunks {

  private static final int MAX_GAP = 8;

  private final KeyringEntries entries;

  RecordChunks(KeyringEntries entries) {
    this.entries = entries;
  }

  /** The text that the head describes, or null if chunks are missing or hold another text. */
  @Nullable String get(EntryNames names, RecordHead head) {
    StringBuilder text = new StringBuilder(head.length());
    for (int number = 0; number < head.chunks(); number++) {
      String chunk = entries.get(names.chunk(head.slot(), number));
      if (chunk == null) {
        return null;
      }
      text.append(chunk);
    }
    return head.matches(text.toString()) ? text.toString() : null;
  }

  void put(EntryNames names, int slot, String text) {
    int length = entries.maxLength();
    for (int number = 0; number * length < text.length(); number++) {
      int from = number * length;
      int to = Math.min(text.length(), from + length);
      put(names.chunk(slot, number), text.substring(from, to));
    }
  }

  private void put(String name, String chunk) {
    entries.set(name, chunk);
    if (!chunk.equals(entries.get(name))) {
      throw RecordFailures.notDurable(name, "keep");
    }
  }

  /** Deletes an entry; does nothing if there is none. */
  void delete(String name) {
    if (entries.delete(name) && entries.get(name) != null) {
      throw RecordFailures.notDurable(name, "delete");
    }
  }

  /**
   * Deletes the chunks from a number on, however many there are, unless that leaves traces. Starts
   * with the last one: a crash then leaves a row without a gap, whose end the next call finds.
   */
  void clear(EntryNames names, int slot, int from) {
    if (!entries.leavesTraces()) {
      clear(names, slot, from, 0);
    }
  }

  /** Deletes all chunks of a slot, including those behind chunks that other programs deleted. */
  void clearAll(EntryNames names, int slot) {
    clear(names, slot, 0, MAX_GAP);
  }

  private void clear(EntryNames names, int slot, int from, int gap) {
    int end = from;
    for (int number = from; number <= end + gap; number++) {
      if (entries.get(names.chunk(slot, number)) != null) {
        end = number + 1;
      }
    }
    while (end > from) {
      end--;
      delete(names.chunk(slot, end));
    }
  }
}
