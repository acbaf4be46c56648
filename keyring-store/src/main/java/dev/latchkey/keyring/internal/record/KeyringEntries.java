package dev.latchkey.keyring.internal.record;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Short ASCII texts under names: what every keyring can hold. A seam: tests make any step fail.
 * {@link #set} may return although nothing was stored; its caller reads the entry back.
 */
public interface KeyringEntries {

  /** The longest text that fits everywhere: Windows takes 1280 characters. */
  int MAX_LENGTH = 1200;

  /** The text, or null if there is none. */
  @Nullable String get(String name);

  /** Stores a text of 1 to {@link #maxLength()} characters, replacing any other. */
  void set(String name, String text);

  /** Deletes a text, and reports whether it was there. */
  boolean delete(String name);

  /** The names of all entries of the application; null if the keyring cannot list them. */
  default @Nullable Set<String> names() {
    return null;
  }

  /** How long a text may be here, {@link #MAX_LENGTH} or more. */
  default int maxLength() {
    return MAX_LENGTH;
  }

  /**
   * Whether every change leaves a trace, as in a recycle bin. Then nothing is changed on trial, and
   * only a whole record is deleted.
   */
  default boolean leavesTraces() {
    return false;
  }

  /** Makes everything that was set and deleted survive the end of the keyring's process. */
  void flush();
}
