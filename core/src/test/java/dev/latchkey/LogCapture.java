package dev.latchkey;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Hears all that is logged, at every level, from its creation until it is closed. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  LogCapture() {
    root.setLevel(Level.TRACE);
    root.addAppender(this);
    root.getAppender("console").stop(); // the console has no filter of its own
    start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** The messages of one level. */
  List<String> messages(Level level) {
    return events.stream()
        .filter(event -> event.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Everything, with the arguments and the stack traces. */
  String everything() {
    StringBuilder all = new StringBuilder();
    for (ILoggingEvent event : events) {
      all.append(event.getLevel()).append(' ').append(event.getLoggerName()).append(' ');
      all.append(event.getFormattedMessage()).append(' ');
      all.append(Arrays.toString(event.getArgumentArray())).append('\n');
      append(all, event.getThrowableProxy());
    }
    return all.toString();
  }

  private static void append(StringBuilder all, @Nullable IThrowableProxy thrown) {
    for (IThrowableProxy it = thrown; it != null; it = it.getCause()) {
      all.append(it.getClassName()).append(": ").append(it.getMessage()).append('\n');
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(before);
    root.getAppender("console").start();
    stop();
  }
}
