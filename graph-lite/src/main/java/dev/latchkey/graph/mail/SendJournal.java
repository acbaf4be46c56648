package dev.latchkey.graph.mail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an {@link Outbox} notes what it is about to do, one short entry for each mail: in files, or
 * in a table of the application's own. All processes that send the same mails share one.
 *
 * <p>An entry that is removed is forgotten: remove it when the mail will not be asked for again.
 */
public interface SendJournal {

  /**
   * The entry that was noted last. Blocks for the time of a read.
   *
   * @param key the application's key for a mail
   * @return the entry; null if there is none
   * @throws RuntimeException if it cannot be told; the outbox then sends nothing
   */
  @Nullable String read(String key);

  /**
   * Puts an entry in the place of another, as one step among all processes. Blocks until it is safe
   * from a power cut.
   *
   * @param key the application's key for a mail
   * @param expected what has to be there; null for nothing
   * @param entry what to note, at most a few hundred characters
   * @return false if something else was there, which then stays
   * @throws RuntimeException if it cannot be noted; the outbox then sends nothing
   */
  boolean replace(String key, @Nullable String expected, String entry);

  /**
   * A journal in a directory of its own, owner-only, one file for each mail. Its methods throw
   * {@link java.io.UncheckedIOException} if the disk does not do its part.
   *
   * @param directory is created if it is not there; on one machine, as network file systems are as
   *     good as their locks
   * @return a journal; all on the same directory are one
   */
  static SendJournal in(Path directory) {
    return new FileSendJournal(directory);
  }
}
