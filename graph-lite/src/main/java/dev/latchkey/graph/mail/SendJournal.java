package dev.latchkey.graph.mail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link dev.latchkey.graph.Outbox} records what it is about to do, one short entry per
 * message: in files, or in a table of the application. All processes that send the same messages
 * share one journal.
 *
 * <p>The outbox never deletes an entry. Delete one only when its message will not be requested
 * again.
 */
public interface SendJournal {

  /**
   * Reads the latest entry. Blocks for the time of a read.
   *
   * @param key the application's key for a message
   * @return the entry; null if there is none
   * @throws RuntimeException if it cannot be read; the outbox then sends nothing
   */
  @Nullable String read(String key);

  /**
   * Replaces an entry, atomically among all processes. Blocks until the entry would survive a power
   * failure.
   *
   * @param key the application's key for a message
   * @param expected the entry that must be there; null for none
   * @param entry the new entry, at most a few hundred characters
   * @return false if the journal holds another entry, which then stays
   * @throws RuntimeException if it cannot be written; the outbox then sends nothing
   */
  boolean replace(String key, @Nullable String expected, String entry);

  /**
   * A journal in a directory of its own that only its owner can read, one file per message. Its
   * methods throw {@link java.io.UncheckedIOException} if the disk fails.
   *
   * @param directory created if absent. For one machine: a network file system is only as good as
   *     its locks
   * @return a journal; all journals on the same directory are one
   */
  static SendJournal in(Path directory) {
    return new FileSendJournal(directory);
  }
}
