package dev.latchkey.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.latchkey.store.StoredRecord;
import dev.latchkey.store.TokenStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endless series of numbered changes to one record. Each fifth change deletes the record; the
 * others write their number and a text of a length that depends on it. So the record shows which
 * change was the last.
 */
final class Scribble {

  private static final int DELETED_EVERY = 5;

  private Scribble() {}

  /** Makes the change with this number, after the one before it. */
  static void make(TokenStore store, String key, int number) {
    StoredRecord before = store.read(key);
    boolean made;
    if (number % DELETED_EVERY == 0) {
      made = before != null && store.delete(key, before.version());
    } else {
      made =
          store.write(key, contentAfter(number), before == null ? null : before.version()) != null;
    }
    if (!made) {
      throw new AssertionError("Change " + number + " met a conflict although nobody else writes");
    }
  }

  /** Fails unless the record is as the last acknowledged change left it, or the next one. */
  static int check(@Nullable StoredRecord record, int acknowledged) {
    String content = record == null ? "" : record.content();
    if (content.equals(contentAfter(acknowledged))) {
      return acknowledged;
    }
    assertEquals(contentAfter(acknowledged + 1), content);
    return acknowledged + 1;
  }

  static Set<String> keysAfter(int number, String key) {
    return contentAfter(number).isEmpty() ? Set.of() : Set.of(key);
  }

  private static String contentAfter(int number) {
    return number % DELETED_EVERY == 0 ? "" : number + ":" + "x".repeat(number * 997 % 20_000);
  }
}
