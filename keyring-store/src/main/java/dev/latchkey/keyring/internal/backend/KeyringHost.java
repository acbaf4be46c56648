package dev.latchkey.keyring.internal.backend;

import com.github.javakeyring.BackendNotSupportedException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.keyring.KeyringBackend;
import java.time.Duration;

/**
 * Where a keyring lives: says fast whether it can be used, and opens it. Used by one thread at a
 * time.
 */
public interface KeyringHost extends AutoCloseable {

  KeyringBackend backend();

  /** What people call the program that answers. For any thread. */
  default String name() {
    return backend().toString();
  }

  /** What to say of a program's entries beside their name; empty if nothing. For any thread. */
  default String remark() {
    return "";
  }

  /** Gets ready to call the keyring, as far as that can be done without it. */
  default void connect() {}

  /**
   * Checks, without a dialog, that the keyring is there and unlocked.
   *
   * @param service the program whose entries are wanted
   * @return who answered; if it is another than before, the keyring must be opened again
   * @throws TokenStoreFailure if it is not there, is locked or does not answer
   */
  String probe(String service);

  /**
   * Whether {@link #unlock} would have something to do. More than {@link #probe} checks: single
   * entries may be locked in an unlocked keyring.
   *
   * @throws TokenStoreFailure if the keyring is not there or does not answer
   */
  boolean isLocked(String service);

  OpenKeyring open() throws BackendNotSupportedException;

  /** Makes what was stored survive the end of the keyring, if the keyring does not do so itself. */
  default void flush(String service) {}

  /**
   * Called when an entry seems not to be there: a keyring that denies this program access may say
   * the same.
   *
   * @throws TokenStoreFailure if access is denied
   */
  default void confirmAbsent(String service) {}

  /**
   * Asks the person to unlock the keyring and the entries of a program, as far as they are locked,
   * and waits for the answer.
   */
  void unlock(String service, Duration limit);

  /**
   * Called when the person is there to answer what the keyring asked before and nobody answered.
   */
  default void askAgain() {}

  /** Makes a call that hangs fail, if the keyring can; for other threads. */
  default void abort() {}

  /** Whether the keyring would forget what the person granted if its connection were closed. */
  default boolean staysOpen() {
    return false;
  }

  /**
   * Whether the keyring keeps what was changed and deleted, and takes long over it. Then as little
   * as possible is changed. For any thread.
   */
  default boolean leavesTraces() {
    return false;
  }

  /** Closes what probing has opened; the next probe opens it again. */
  @Override
  void close();
}
