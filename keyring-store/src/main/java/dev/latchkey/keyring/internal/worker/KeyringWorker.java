package dev.latchkey.keyring.internal.worker;

import com.github.javakeyring.PasswordAccessException;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.error.TokenStoreFailure;
import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.time.Time;
import dev.latchkey.keyring.KeyringBackend;
import dev.latchkey.keyring.internal.backend.KeyringFailures;
import dev.latchkey.keyring.internal.backend.KeyringHost;
import dev.latchkey.keyring.internal.record.KeyringEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread in front of one keyring, with a limit on each call: java-keyring is not thread-safe,
 * and its calls may hang for minutes. While one hangs, all others fail at once. The keyring is
 * closed after an idle moment: D-Bus connections have a thread that would keep the JVM alive.
 */
public final class KeyringWorker implements KeyringEntries {

  private static final Logger log = LoggerFactory.getLogger(KeyringWorker.class);
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** How many limits a call may take until it leaves for the keyring. */
  private static final int PREPARATION = 6;

  private final KeyringConnection connection;
  private final String service;
  private final Duration limit;
  private final Duration idle;
  private final Time time;
  private final ChangePace pace;
  private final BlockingQueue<QueuedCall<?>> queue = new LinkedBlockingQueue<>();

  @GuardedBy("this")
  private final List<Runnable> whenQuiet = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable Thread thread;

  @GuardedBy("this")
  private @Nullable QueuedCall<?> hung;

  /** Under way; for the worker's thread only. */
  private @Nullable QueuedCall<?> current;

  private volatile boolean unlocking;

  /**
   * A worker without a thread, which starts with the first call.
   *
   * @param host finds the keyring; asked once, on the worker's thread
   * @param limit for each call, from when it leaves for the keyring
   * @param idle after which the keyring is closed and the thread ends
   */
  public KeyringWorker(
      Supplier<? extends KeyringHost> host,
      String service,
      Duration limit,
      Duration idle,
      Time time) {
    this.connection = new KeyringConnection(host, this::leaves);
    this.service = service;
    this.limit = limit;
    this.idle = idle;
    this.time = time;
    this.pace = new ChangePace(time);
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
            } // else the entry was deleted while KWallet looked for it
          } catch (PasswordAccessException e) {
            requireAbsent(e);
          }
          connection.confirmAbsent(service);
          return null;
        });
  }

  @Override
  public void set(String name, String text) {
    awaitPace();
    call(
        name,
        keyring -> {
          keyring.setPassword(service, name, text);
          return true;
        });
  }

  @Override
  public boolean delete(String name) {
    awaitPace();
    return Boolean.TRUE.equals(
        call(
            name,
            keyring -> {
              try {
                keyring.deletePassword(service, name);
                return true;
              } catch (PasswordAccessException e) {
                requireAbsent(e);
                connection.confirmAbsent(service);
                return false;
              }
            }));
  }

  private void awaitPace() {
    if (leavesTraces()) {
      pace.await();
    }
  }

  @Override
  public @Nullable Set<String> names() {
    return call("", keyring -> keyring.accounts(service));
  }

  @Override
  public void flush() {
    run(() -> connection.flush(service));
  }

  private static void requireAbsent(PasswordAccessException e) throws PasswordAccessException {
    if (!JavaKeyringMessages.saysAbsent(e)) {
      throw e;
    }
  }

  private <T> @Nullable T call(String name, KeyringConnection.Call<T> call) {
    return submitAndAwait(
        () -> {
          try {
            return connection.call(service, call);
          } catch (PasswordAccessException e) {
            throw JavaKeyringMessages.failure(e, connection.name(), service, name);
          }
        });
  }

  /** Whether the person would have to unlock the keyring, or entries of the service in it. */
  public boolean isLocked() {
    return !unlocking
        ? Boolean.TRUE.equals(submitAndAwait(() -> connection.isLocked(service)))
        : true;
  }

  /** Opens the keyring, so that the first call need not. */
  public void open() {
    call("", keyring -> true);
  }

  /** While the person is asked, all other calls fail at once as locked. */
  public void unlock(Duration patience) {
    QueuedCall<Boolean> call =
        new QueuedCall<>(
            () -> {
              ask(patience);
              return true;
            },
            time);
    long start = time.nanos();
    submit(call);
    if (!call.awaitInterruptibly(patience.plus(limit)) && !endsWhenInterrupted(call)) {
      giveUp(call, patience, start);
    }
    call.result();
  }

  /** Removing the dialog needs the connection, which is cut off only if this does not help. */
  private boolean endsWhenInterrupted(QueuedCall<?> asking) {
    if (!asking.isClaimed()) {
      return false;
    }
    connection.interrupt();
    return asking.await(GRACE);
  }

  private void ask(Duration patience) {
    connection.askAgain();
    if (!connection.isLocked(service)) {
      return;
    }
    unlocking = true;
    try {
      connection.unlock(service, patience);
    } finally {
      unlocking = false;
    }
  }

  public KeyringBackend backend() {
    return connection.backend();
  }

  /** What people call the keyring. */
  public String name() {
    return connection.name();
  }

  /** What to say of the entries beside their name; empty if nothing. For any thread. */
  public String remark() {
    return connection.remark();
  }

  /** A record in one entry where each change costs much; Windows alone has a limit. */
  @Override
  public int maxLength() {
    return leavesTraces() ? Integer.MAX_VALUE : MAX_LENGTH;
  }

  @Override
  public boolean leavesTraces() {
    return connection.leavesTraces();
  }

  /** Closes the keyring now instead of after the idle time; the next call opens it again. */
  public void disconnect() {
    synchronized (this) {
      if (thread == null && !connection.isOpen()) {
        return;
      }
    }
    try {
      run(connection::close);
    } catch (TokenStoreFailure hangs) {
      // the keyring is closed when the call that hangs ends
    }
  }

  /** Runs an action once no call is under way that its caller has given up. */
  public void whenQuiet(Runnable action) {
    synchronized (this) {
      if (hung != null) {
        whenQuiet.add(action);
        return;
      }
    }
    action.run();
  }

  private void run(Runnable work) {
    submitAndAwait(
        () -> {
          work.run();
          return true;
        });
  }

  private <T> @Nullable T submitAndAwait(QueuedCall.Work<T> work) {
    if (unlocking) {
      throw KeyringFailures.locked(name());
    }
    QueuedCall<T> call = new QueuedCall<>(work, time);
    long start = time.nanos();
    submit(call);
    if (!call.await(limit.multipliedBy(PREPARATION), limit)) {
      giveUp(call, limit, start);
    }
    return call.result();
  }

  private synchronized void submit(QueuedCall<?> call) {
    if (hung != null) {
      throw KeyringFailures.stillHangs();
    }
    if (thread == null) {
      Thread started = connection.newThread(this::work);
      started.start(); // may fail, and the next call must try again
      thread = started;
    }
    queue.add(call);
  }

  private synchronized void giveUp(QueuedCall<?> call, Duration patience, long start) {
    if (call.cancel()) {
      queue.remove(call);
      throw notReached(call, patience, start);
    }
    if (!call.isDone()) {
      hung = call;
      queue.forEach(behind -> behind.fail(KeyringFailures.stillHangs()));
      queue.clear();
      connection.abort();
      throw notReached(call, patience, start);
    }
  }

  private TokenStoreFailure notReached(QueuedCall<?> call, Duration patience, long start) {
    return call.hasLeft()
        ? KeyringFailures.timedOut(patience)
        : KeyringFailures.neverAsked(Duration.ofNanos(time.nanos() - start));
  }

  private void leaves() {
    QueuedCall<?> call = current;
    if (call != null) {
      call.leaves();
    }
  }

  private void work() {
    while (true) {
      QueuedCall<?> call = next();
      if (call != null) {
        current = call;
        call.run();
        current = null;
        finished(call);
        continue;
      }
      idle();
      synchronized (this) {
        if (queue.isEmpty()) {
          thread = null;
          return;
        }
      }
    }
  }

  private void idle() {
    end(connection::closeIfIdle);
  }

  private void close() {
    end(connection::close);
  }

  private static void end(Runnable closing) {
    try {
      closing.run();
    } catch (RuntimeException e) {
      log.debug("Closing the connection to the keyring failed", SafeCause.of(e));
    }
  }

  private @Nullable QueuedCall<?> next() {
    try {
      return queue.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException fromALateAbort) {
      return queue.poll();
    }
  }

  private void finished(QueuedCall<?> call) {
    List<Runnable> actions;
    synchronized (this) {
      if (call != hung) {
        return;
      }
    }
    close(); // from here on, nothing more of the call is sent
    synchronized (this) {
      Thread.interrupted();
      hung = null;
      connection.resume();
      actions = List.copyOf(whenQuiet);
      whenQuiet.clear();
    }
    actions.forEach(Runnable::run);
  }
}
