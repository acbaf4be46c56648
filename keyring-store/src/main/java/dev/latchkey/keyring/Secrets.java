package dev.latchkey.keyring;

import org.jspecify.annotations.Nullable;

/**
 * Short ASCII texts under names: what every keyring can hold. A seam, so that tests can let any
 * step fail. A {@code set} may return although nothing was stored: read back.
 */
interface Secrets {

  /** The longest text that fits everywhere: Windows takes 1280 characters. */
  int LONGEST = 1200;

  /** The text, or null if there is none. */
  @Nullable String get(String name);

  /** Puts a text of 1 to {@link #LONGEST} characters in the place of another, if any. */
  void set(String name, String text);

  /** Deletes a text, and says whether it was there. */
  boolean delete(String name);

  /** Makes all that was set and deleted survive the end of the keyring. */
  void flush();
}
