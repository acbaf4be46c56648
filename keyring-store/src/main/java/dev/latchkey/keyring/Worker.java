package dev.latchkey.keyring;

import com.github.javakeyring.PasswordAccessException;
import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread in front of one keyring, with a limit on each call: java-keyring is not made for
 * several threads, and its calls may hang for minutes. While one hangs, all others fail at once.
 * What is open is closed when nobody has called for a moment: D-Bus connections have a thread that
 * would keep the JVM alive.
 */
final class Worker implements Secrets {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Connection connection;
  private final String service;
  private final Duration limit;
  private final Duration idle;
  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final List<Runnable> whenQuiet = new ArrayList<>();
  private @Nullable Thread thread;
  private @Nullable Task<?> wedged;
  private volatile boolean unlocking;

  Worker(Host host, String service, Duration limit, Duration idle) {
    this.connection = new Connection(host);
    this.service = service;
    this.limit = limit;
    this.idle = idle;
  }

  @Override
  public @Nullable String get(String name) {
    return call(
        name,
        keyring -> {
          try {
            String text = keyring.getPassword(service, name);
            if (!text.isEmpty() || connection.backend() != KeyringBackend.KWALLET) {
              return text;
            }
            connection.confirmAbsent(service); // it went while it was asked for
            return null;
          } catch (PasswordAccessException e) {
            requireAbsent(e);
            return null;
          }
        });
  }

  @Override
  public void set(String name, String text) {
    call(
        name,
        keyring -> {
          keyring.setPassword(service, name, text);
          return true;
        });
  }

  @Override
  public boolean delete(String name) {
    return Boolean.TRUE.equals(
        call(
            name,
            keyring -> {
              try {
                keyring.deletePassword(service, name);
                return true;
              } catch (PasswordAccessException e) {
                requireAbsent(e);
                return null;
              }
            }));
  }

  @Override
  public void flush() {
    run(
        () -> {
          connection.flush(service);
          return true;
        },
        limit);
  }

  private void requireAbsent(PasswordAccessException e) throws PasswordAccessException {
    if (!Messages.saysAbsent(e)) {
      throw e;
    }
    connection.confirmAbsent(service);
  }

  private <T> @Nullable T call(String name, Connection.Call<T> call) {
    return run(
        () -> {
          try {
            return connection.call(call);
          } catch (PasswordAccessException e) {
            throw Messages.failure(e, connection.backend(), service, name);
          }
        },
        limit);
  }

  /** Looks whether the keyring can be used; throws what a call would throw. */
  void look() {
    run(
        () -> {
          connection.look();
          return true;
        },
        limit);
  }

  /** Opens the keyring, so that the first call need not. */
  void open() {
    call("", keyring -> true);
  }

  /** While the person is asked, all others are told at once that it is locked. */
  void unlock(Duration patience) {
    Task<Boolean> task = new Task<>(() -> ask(patience));
    submit(task);
    if (!task.awaitInterruptibly(patience.plus(limit)) && !isBrokenOff(task)) {
      giveUp(task, patience);
    }
    task.result();
  }

  /** Lets the dialog be taken away, which needs the connection: only then is that cut off. */
  private boolean isBrokenOff(Task<?> asking) {
    if (!asking.isStarted()) {
      return false;
    }
    connection.interrupt();
    return asking.await(GRACE);
  }

  private boolean ask(Duration patience) {
    try {
      connection.look();
      return true;
    } catch (KeyringLocked locked) {
      unlocking = true;
    }
    try {
      connection.unlock(service, patience);
      return true;
    } finally {
      unlocking = false;
    }
  }

  KeyringBackend backend() {
    return connection.backend();
  }

  /** Closes what is open now and not after a while; the next call opens it again. */
  void disconnect() {
    synchronized (this) {
      if (thread == null) {
        return;
      }
    }
    try {
      run(
          () -> {
            connection.close();
            return true;
          },
          limit);
    } catch (TokenStoreFailure hangs) {
      // and is closed when it ends
    }
  }

  /** Runs something when no call is under way that its caller has given up. */
  void whenQuiet(Runnable action) {
    synchronized (this) {
      if (wedged != null) {
        whenQuiet.add(action);
        return;
      }
    }
    action.run();
  }

  private <T> @Nullable T run(Task.Work<T> work, Duration patience) {
    if (unlocking) {
      throw Failures.locked(backend());
    }
    Task<T> task = new Task<>(work);
    submit(task);
    return await(task, patience);
  }

  private <T> @Nullable T await(Task<T> task, Duration patience) {
    if (!task.await(patience)) {
      giveUp(task, patience);
    }
    return task.result();
  }

  private synchronized void submit(Task<?> task) {
    if (wedged != null) {
      throw Failures.wedged();
    }
    queue.add(task);
    if (thread == null) {
      thread = connection.newThread(this::work);
      thread.start();
    }
  }

  private synchronized void giveUp(Task<?> task, Duration patience) {
    if (task.cancel()) {
      queue.remove(task);
      throw Failures.timedOut(patience);
    }
    if (!task.isDone()) {
      wedged = task;
      connection.abort();
      throw Failures.timedOut(patience);
    }
  }

  private void work() {
    while (true) {
      Task<?> task = next();
      if (task != null) {
        task.run();
        finished(task);
        continue;
      }
      close();
      synchronized (this) {
        if (queue.isEmpty()) {
          thread = null;
          return;
        }
      }
    }
  }

  private void close() {
    try {
      connection.close();
    } catch (RuntimeException e) {
      LOG.debug("Closing the connection to the keyring failed", e);
    }
  }

  private @Nullable Task<?> next() {
    try {
      return queue.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException fromAnAbortThatCameLate) {
      return queue.poll();
    }
  }

  private void finished(Task<?> task) {
    List<Runnable> now;
    synchronized (this) {
      if (task != wedged) {
        return;
      }
    }
    close(); // nothing more of the call is said from here
    synchronized (this) {
      Thread.interrupted();
      wedged = null;
      connection.resume();
      now = List.copyOf(whenQuiet);
      whenQuiet.clear();
    }
    now.forEach(Runnable::run);
  }
}
