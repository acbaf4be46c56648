package dev.latchkey.keyring.internal.worker;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.internal.backend.KeyringFailures;
import dev.latchkey.keyring.internal.backend.KeyringHost;
import dev.latchkey.keyring.internal.backend.OpenKeyring;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A keyring that is found and opened when needed, and opened again when its service changes. */
final class KeyringConnection {

  private static final Logger log = LoggerFactory.getLogger(KeyringConnection.class);
  private static final String THREAD = "latchkey-keyring";

  /** What is done with the keyring; may be done twice. */
  interface Call<T> {
    @Nullable T on(OpenKeyring keyring) throws PasswordAccessException;
  }

  private interface Step<T, E extends Exception> {
    @Nullable T take() throws E;
  }

  private final Supplier<? extends KeyringHost> finder;
  private final Runnable leaving;
  private volatile @Nullable KeyringHost found;

  private volatile @Nullable OpenKeyring keyring;
  private String openedFor = "";
  private volatile boolean kept;
  private volatile @Nullable Thread worker;
  private volatile boolean aborted;

  /**
   * A connection.
   *
   * @param leaving is told when the keyring was found and connected to, and is called next
   */
  KeyringConnection(Supplier<? extends KeyringHost> finder, Runnable leaving) {
    this.finder = finder;
    this.leaving = leaving;
  }

  private KeyringHost host() {
    KeyringHost host = found;
    if (host == null) {
      host = finder.get();
      found = host;
    }
    return host;
  }

  /** Which keyring it is; until it is found, the usual one of the session bus. */
  KeyringBackend backend() {
    KeyringHost host = found;
    return host == null ? KeyringBackend.SECRET_SERVICE : host.backend();
  }

  /** What people call the keyring; until it is found, no more than what it usually is. */
  String name() {
    KeyringHost host = found;
    return host == null ? KeyringBackend.SECRET_SERVICE.toString() : host.name();
  }

  /** See {@link KeyringHost#remark()}. */
  String remark() {
    KeyringHost host = found;
    return host == null ? "" : host.remark();
  }

  boolean leavesTraces() {
    KeyringHost host = found;
    return host != null && host.leavesTraces();
  }

  Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, THREAD, 0, false);
    thread.setDaemon(true);
    worker = thread;
    return thread;
  }

  boolean isLocked(String service) {
    return Boolean.TRUE.equals(
        this.<Boolean, RuntimeException>take(() -> host().isLocked(service)));
  }

  void flush(String service) {
    run(() -> host().flush(service));
  }

  /** For use within a call. */
  void confirmAbsent(String service) {
    host().confirmAbsent(service);
  }

  void unlock(String service, Duration patience) {
    run(() -> host().unlock(service, patience));
  }

  void askAgain() {
    KeyringHost host = found;
    if (host != null) {
      host.askAgain();
    }
  }

  private void run(Runnable step) {
    this.<Boolean, RuntimeException>take(
        () -> {
          step.run();
          return true;
        });
  }

  <T> @Nullable T call(String service, Call<T> call) throws PasswordAccessException {
    return this.<T, PasswordAccessException>take(() -> call.on(opened(service)));
  }

  /**
   * Takes a step, and takes it again on a new connection if the old one may have been the cause: on
   * a session that has ended, java-keyring throws a NullPointerException. Not if the caller has
   * given up: nobody would learn what the second try did.
   */
  private <T, E extends Exception> @Nullable T take(Step<T, E> step) throws E {
    try {
      host().connect();
      leaving.run();
      return step.take();
    } catch (TokenStoreFailure typed) {
      throw typed;
    } catch (RuntimeException untyped) {
      log.debug("Opening the keyring again after {}", untyped.getClass().getName());
      close();
      if (aborted) {
        throw KeyringFailures.refused(name(), "it broke off the call", untyped);
      }
    } catch (LinkageError broken) {
      throw KeyringFailures.refused(name(), "its library cannot be used", broken);
    }
    try {
      return step.take();
    } catch (TokenStoreFailure typed) {
      throw typed;
    } catch (RuntimeException | LinkageError untyped) {
      close();
      throw KeyringFailures.refused(name(), "it broke off the call", untyped);
    }
  }

  private OpenKeyring opened(String service) {
    String who = host().probe(service);
    OpenKeyring open = keyring;
    if (open != null && who.equals(openedFor)) {
      return open;
    }
    closeKeyring();
    try {
      open = host().open();
    } catch (BackendNotSupportedException | LinkageError e) {
      close();
      throw KeyringFailures.refused(name(), "it cannot be opened", e);
    }
    keyring = open;
    openedFor = who;
    return open;
  }

  /** Closes it unless the keyring would forget what the person granted. */
  void closeIfIdle() {
    KeyringHost host = found;
    kept = host != null && host.staysOpen();
    if (!kept) {
      close();
    }
  }

  /** Whether there may be something to close. For any thread. */
  boolean isOpen() {
    return kept || keyring != null;
  }

  void close() {
    closeKeyring();
    KeyringHost host = found;
    if (host != null) {
      host.close();
    }
  }

  private void closeKeyring() {
    OpenKeyring open = keyring;
    keyring = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        log.debug("Closing the keyring failed", SafeCause.of(e));
      }
    }
  }

  /** Makes a call that hangs fail, and not be repeated. For other threads. */
  void abort() {
    aborted = true;
    interrupt();
    KeyringHost host = found;
    if (host != null) {
      host.abort();
    }
  }

  /** Lets the present call end by itself, if it heeds interrupts. For other threads. */
  void interrupt() {
    Thread thread = worker;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** The aborted call has ended. */
  void resume() {
    aborted = false;
  }
}
