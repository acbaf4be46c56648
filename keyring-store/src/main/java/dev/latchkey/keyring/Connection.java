package dev.latchkey.keyring;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open keyring, opened when it is needed and once more when its service is another one. */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final String THREAD = "latchkey-keyring";

  /** What is done with the keyring; may be done twice. */
  interface Call<T> {
    @Nullable T on(PlainKeyring keyring) throws PasswordAccessException;
  }

  private interface Step<T, E extends Exception> {
    @Nullable T take() throws E;
  }

  private final Host host;

  /** All threads that java-keyring and D-Bus start for it, and no others. */
  private final ThreadGroup group = new ThreadGroup(THREAD);

  private @Nullable PlainKeyring keyring;
  private String openedFor = "";
  private volatile boolean aborted;

  Connection(Host host) {
    this.host = host;
  }

  KeyringBackend backend() {
    return host.backend();
  }

  Thread newThread(Runnable work) {
    Thread thread = new Thread(group, work, THREAD, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  void look() {
    this.<String, RuntimeException>once(host::look);
  }

  void flush(String service) {
    this.<Boolean, RuntimeException>once(
        () -> {
          host.flush(service);
          return true;
        });
  }

  /** Part of a call. */
  void confirmAbsent(String service) {
    host.confirmAbsent(service);
  }

  void unlock(String service, Duration patience) {
    this.<Boolean, RuntimeException>once(
        () -> {
          host.unlock(service, patience);
          return true;
        });
  }

  <T> @Nullable T call(Call<T> call) throws PasswordAccessException {
    return this.<T, PasswordAccessException>once(() -> call.on(opened()));
  }

  /**
   * Takes a step, and takes it again on a new connection if the old one may be the reason: what
   * java-keyring throws on a session that is over is a NullPointerException. Not if the caller has
   * given up: nobody would be told of what it does.
   */
  private <T, E extends Exception> @Nullable T once(Step<T, E> step) throws E {
    try {
      return step.take();
    } catch (TokenStoreFailure typed) {
      throw typed;
    } catch (RuntimeException untyped) {
      LOG.debug("Opening the keyring again after {}", untyped.getClass().getName());
      close();
      if (aborted) {
        throw Failures.refused(backend(), "it broke off the call", untyped);
      }
    } catch (LinkageError broken) {
      throw Failures.refused(backend(), "its library cannot be used", broken);
    }
    try {
      return step.take();
    } catch (TokenStoreFailure typed) {
      throw typed;
    } catch (RuntimeException | LinkageError untyped) {
      close();
      throw Failures.refused(backend(), "it broke off the call", untyped);
    }
  }

  private PlainKeyring opened() {
    String who = host.look();
    PlainKeyring open = keyring;
    if (open != null && who.equals(openedFor)) {
      return open;
    }
    closeKeyring();
    try {
      open = host.open();
    } catch (BackendNotSupportedException | LinkageError e) {
      close();
      endConnections();
      throw Failures.refused(backend(), "it cannot be opened", e);
    } catch (RuntimeException e) {
      endConnections();
      throw e;
    }
    keyring = open;
    openedFor = who;
    return open;
  }

  void close() {
    closeKeyring();
    host.close();
  }

  private void closeKeyring() {
    PlainKeyring open = keyring;
    keyring = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        LOG.debug("Closing the keyring failed", e);
        endConnections();
      }
    }
  }

  /** Lets a call that hangs fail, and not be repeated. For other threads. */
  void abort() {
    aborted = true;
    interrupt();
    endConnections();
  }

  /** Lets the call that is under way end by itself, if it heeds that. For other threads. */
  void interrupt() {
    for (Thread thread : Leftovers.threads(group)) {
      if (thread.getName().equals(THREAD)) {
        thread.interrupt();
      }
    }
  }

  /** The call that was aborted is over. */
  void resume() {
    aborted = false;
  }

  /** Those that java-keyring failed to open and never gave away, and those that hang. */
  private void endConnections() {
    if (host.hasOwnConnections()) {
      for (Thread thread : Leftovers.threads(group)) {
        Leftovers.end(thread);
      }
    }
  }
}
