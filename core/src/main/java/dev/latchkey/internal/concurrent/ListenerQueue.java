package dev.latchkey.internal.concurrent;

import dev.latchkey.SessionListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener what happened to one session: one thing after another, on a thread where it
 * may block. Never under a lease, and no caller waits for it: a listener may well sign out, or wait
 * for a thread that waits for a token.
 */
public final class ListenerQueue {

  private static final Logger log = LoggerFactory.getLogger(ListenerQueue.class);

  private final SessionListener listener;
  private final Executor callbacks;
  private final Queue<Consumer<SessionListener>> untold = new ArrayDeque<>();
  private boolean telling;

  public ListenerQueue(SessionListener listener, Executor callbacks) {
    this.listener = listener;
    this.callbacks = callbacks;
  }

  public void tell(Consumer<SessionListener> news) {
    synchronized (untold) {
      untold.add(news);
      if (telling) {
        return;
      }
      telling = true;
    }
    try {
      callbacks.execute(this::tellAll);
    } catch (RejectedExecutionException | OutOfMemoryError e) { // no thread is to be had
      log.debug("the session listener is told nothing more");
      synchronized (untold) {
        untold.clear();
        telling = false;
      }
    }
  }

  private void tellAll() {
    for (var news = next(); news != null; news = next()) {
      try {
        news.accept(listener);
      } catch (Throwable e) { // the rest is told all the same
        log.warn("the session listener failed", e);
      }
    }
  }

  private @Nullable Consumer<SessionListener> next() {
    synchronized (untold) {
      telling = !untold.isEmpty();
      return untold.poll();
    }
  }
}
