package dev.latchkey.keyring;

import org.jspecify.annotations.Nullable;

/** Long texts in numbered entries of a slot; every write is read back. */
final class Chunks {

  private static final int WIDEST_GAP = 8;

  private final Secrets secrets;

  Chunks(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The text that a head speaks of, or null if the chunks give another or none. */
  @Nullable String get(Names names, Head head) {
    StringBuilder packed = new StringBuilder(head.length());
    for (int number = 0; number < head.chunks(); number++) {
      String chunk = secrets.get(names.chunk(head.slot(), number));
      if (chunk == null) {
        return null;
      }
      packed.append(chunk);
    }
    String text = packed.toString();
    return head.fits(text) ? text : null;
  }

  void put(Names names, int slot, String packed) {
    for (int number = 0; number * Secrets.LONGEST < packed.length(); number++) {
      int from = number * Secrets.LONGEST;
      int to = Math.min(packed.length(), from + Secrets.LONGEST);
      put(names.chunk(slot, number), packed.substring(from, to));
    }
  }

  void put(String name, String text) {
    secrets.set(name, text);
    if (!text.equals(secrets.get(name))) {
      throw Failures.notDurable(name, "keep", null);
    }
  }

  /** Deletes an entry; harmless if there is none. */
  void delete(String name) {
    if (secrets.delete(name) && secrets.get(name) != null) {
      throw Failures.notDurable(name, "delete", null);
    }
  }

  /**
   * Deletes the chunks from a number on, known or not. From the last one down: what a crash leaves
   * is a row without a gap, whose end the next one finds.
   */
  void clear(Names names, int slot, int from) {
    clear(names, slot, from, 0);
  }

  /** Deletes all chunks of a slot, also those behind some that others have deleted. */
  void clearAll(Names names, int slot) {
    clear(names, slot, 0, WIDEST_GAP);
  }

  private void clear(Names names, int slot, int from, int gap) {
    int end = from;
    for (int number = from; number <= end + gap; number++) {
      if (secrets.get(names.chunk(slot, number)) != null) {
        end = number + 1;
      }
    }
    while (end > from) {
      end--;
      delete(names.chunk(slot, end));
    }
  }
}
