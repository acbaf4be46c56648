package dev.latchkey.examples.cli.mail;

import dev.latchkey.graph.mail.SendJournal;
import org.jspecify.annotations.Nullable;

/** A journal that knows whether anything was written: if not, the mail had been sent before. */
final class WatchedJournal implements SendJournal {

  private final SendJournal journal;
  private boolean isWritten;

  WatchedJournal(SendJournal journal) {
    this.journal = journal;
  }

  boolean isWritten() {
    return isWritten;
  }

  @Override
  public @Nullable String read(String key) {
    return journal.read(key);
  }

  @Override
  public boolean replace(String key, @Nullable String expected, String entry) {
    boolean replaced = journal.replace(key, expected, entry);
    isWritten |= replaced;
    return replaced;
  }
}
