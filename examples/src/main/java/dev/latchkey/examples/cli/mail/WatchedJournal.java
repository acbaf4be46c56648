package dev.latchkey.examples.cli.mail;

import dev.latchkey.graph.mail.SendJournal;
import org.jspecify.annotations.Nullable;

/** A journal that knows whether anything was noted: if not, the mail had been sent before. */
final class WatchedJournal implements SendJournal {

  private final SendJournal journal;
  private boolean isNoted;

  WatchedJournal(SendJournal journal) {
    this.journal = journal;
  }

  boolean isNoted() {
    return isNoted;
  }

  @Override
  public @Nullable String read(String key) {
    return journal.read(key);
  }

  @Override
  public boolean replace(String key, @Nullable String expected, String entry) {
    boolean replaced = journal.replace(key, expected, entry);
    isNoted |= replaced;
    return replaced;
  }
}
