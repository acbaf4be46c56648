package dev.latchkey.examples.desktop.work;

import dev.latchkey.graph.mail.SendJournal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, for as long as the application runs: a draft in its window lives no longer. An
 * application that sends mail from files keeps {@link SendJournal#in(java.nio.file.Path)} instead.
 */
final class MemoryJournal implements SendJournal {

  private final Map<String, String> entries = new HashMap<>();

  @Override
  public synchronized @Nullable String read(String key) {
    return entries.get(key);
  }

  @Override
  public synchronized boolean replace(String key, @Nullable String expected, String entry) {
    if (!Objects.equals(entries.get(key), expected)) {
      return false;
    }
    entries.put(key, entry);
    return true;
  }
}
