package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;

/**
 * Where a keyring lives: says fast whether it can be used, and opens it. Used by one thread at a
 * time.
 */
interface Host extends AutoCloseable {

  KeyringBackend backend();

  /**
   * Looks, without a prompt, whether the keyring is there and unlocked.
   *
   * @return who answered; when it is another than before, the keyring has to be opened anew
   * @throws TokenStoreFailure if it is not there, is locked or does not answer
   */
  String look();

  PlainKeyring open() throws BackendNotSupportedException;

  /** Makes what was stored survive the end of the keyring, if it does not do so by itself. */
  default void flush(String service) {}

  /**
   * Called when an entry seems not to be there: so it does, too, where a keyring keeps this program
   * out.
   *
   * @throws TokenStoreFailure if that is so
   */
  default void confirmAbsent(String service) {}

  /** Asks the person to unlock the keyring, if it is locked, and waits for that. */
  void unlock(String service, Duration limit);

  /**
   * Whether the D-Bus connections opened here are of this store alone. One that java-keyring shares
   * in the JVM can never be replaced after it was cut off.
   */
  default boolean hasOwnConnections() {
    return true;
  }

  /** Closes what looking has opened; the next look opens it again. */
  @Override
  void close();
}
