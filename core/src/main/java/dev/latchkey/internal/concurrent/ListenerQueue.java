package dev.latchkey.internal.concurrent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.latchkey.internal.text.SafeCause;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a listener for one event after another, on a thread where it may block. The listener is
 * never called under a lease, and no caller waits for it: it may well sign out, or wait for a
 * thread that waits for a token.
 *
 * @param <L> the type of the listener
 */
public final class ListenerQueue<L> {

  private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);

  private final L listener;
  private final Executor callbacks;
  private final int maxWaiting;

  @GuardedBy("this")
  private final Queue<Consumer<L>> events = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean telling;

  /** Whether an event has been left out since the listener last kept up. */
  @GuardedBy("this")
  private boolean behind;

  /** Creates one for events of which none may be lost. */
  public ListenerQueue(L listener, Executor callbacks) {
    this(listener, callbacks, Integer.MAX_VALUE);
  }

  /**
   * Creates one for events of which some may be lost.
   *
   * @param maxWaiting how many wait for the listener at most
   */
  public ListenerQueue(L listener, Executor callbacks, int maxWaiting) {
    this.listener = listener;
    this.callbacks = callbacks;
    this.maxWaiting = maxWaiting;
  }

  /** Queues an event, or leaves it out if too many wait. Does not block. */
  public void tell(Consumer<L> event) {
    boolean leftOut;
    synchronized (this) {
      leftOut = events.size() >= maxWaiting;
      if (leftOut ? behind : isBeingTold(event)) {
        return;
      }
      behind |= leftOut;
    }
    if (leftOut) {
      log.warn("the listener is too slow: it is not told of some events");
      return;
    }
    try {
      callbacks.execute(this::tellAll);
    } catch (RejectedExecutionException | OutOfMemoryError e) { // the executor has no thread
      synchronized (this) {
        events.clear();
        telling = false;
      }
      log.debug("the listener is not told of an event: no thread is available");
    }
  }

  /** Queues an event; returns whether a thread is telling the listener already. */
  @GuardedBy("this")
  private boolean isBeingTold(Consumer<L> event) {
    events.add(event);
    boolean already = telling;
    telling = true;
    return already;
  }

  private void tellAll() {
    for (var event = next(); event != null; event = next()) {
      try {
        event.accept(listener);
      } catch (Throwable e) { // the later events are told all the same
        log.warn("the listener failed", SafeCause.of(e));
      }
    }
  }

  private synchronized @Nullable Consumer<L> next() {
    telling = !events.isEmpty();
    behind &= telling;
    return events.poll();
  }
}
