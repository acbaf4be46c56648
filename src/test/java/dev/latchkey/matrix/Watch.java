package dev.latchkey.matrix;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Looks for secrets in every log event of every level, and in whatever a case shows to it. */
public final class Watch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final List<String> findings = new CopyOnWriteArrayList<>();
  private final AtomicLong events = new AtomicLong();

  public Watch() {
    root.setLevel(Level.TRACE);
    root.addAppender(this);
    root.getAppender("console").stop(); // the console has no filter of its own
    start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.incrementAndGet();
    String where = "log at " + event.getLevel() + " of " + event.getLoggerName();
    look(where, event.getFormattedMessage());
    for (IThrowableProxy it = event.getThrowableProxy(); it != null; it = it.getCause()) {
      look(where + ", " + it.getClassName(), it.getMessage());
    }
  }

  /** Looks at a value, or at an exception with all its causes. */
  public void see(@Nullable Object value) {
    if (value instanceof Throwable thrown) {
      see(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    } else if (value != null) {
      look("toString of " + value.getClass().getName(), value.toString());
    }
  }

  private void see(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return;
    }
    String where = thrown.getClass().getName();
    look("message of " + where, thrown.getMessage());
    look("toString of " + where, thrown.toString());
    see(thrown.getCause(), seen);
    for (Throwable suppressed : thrown.getSuppressed()) {
      see(suppressed, seen);
    }
  }

  private void look(String where, @Nullable String text) {
    if (Marks.isIn(text)) {
      findings.add(
          Marks.ownerOf(String.valueOf(text))
              + ": a secret in the "
              + where
              + ": "
              + Marks.blacken(String.valueOf(text)));
    }
  }

  /** What was found so far. */
  List<String> findings() {
    return findings;
  }

  /** How many log events were looked at. */
  public long events() {
    return events.get();
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(before);
    root.getAppender("console").start();
    stop();
  }
}
