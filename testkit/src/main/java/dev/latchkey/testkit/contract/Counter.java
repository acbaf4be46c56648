package dev.latchkey.testkit.contract;

import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;

/** A record that holds a number, incremented by compare-and-set. */
final class Counter {

  private Counter() {}

  /** Increments it this many times, retrying after each conflict; returns the last number. */
  static int add(TokenStore store, String key, int times) {
    int number = 0;
    for (int added = 0; added < times; ) {
      StoredRecord now = store.read(key);
      if (now == null) {
        throw new AssertionError("The record " + key + " vanished");
      }
      number = Integer.parseInt(now.content()) + 1;
      if (store.write(key, Integer.toString(number), now.version()) != null) {
        added++;
      }
    }
    return number;
  }
}
