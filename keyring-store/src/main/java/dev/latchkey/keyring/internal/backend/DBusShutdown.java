package dev.latchkey.keyring.internal.backend;

import dev.latchkey.internal.text.SafeCause;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import org.freedesktop.dbus.connections.AbstractConnection;
import org.freedesktop.dbus.connections.IncomingMessageThread;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes D-Bus connections that dbus-java 4.2.1 cannot close: its {@code disconnect} fails with a
 * NullPointerException when a call was never answered, and neither dbus-java nor java-keyring hands
 * out a connection that it failed to set up. Either way a sender thread remains, which is not a
 * daemon, and the JVM would never exit. On the module path this needs {@code --add-opens
 * org.freedesktop.dbus/org.freedesktop.dbus.connections=dev.latchkey.keyring}.
 */
public final class DBusShutdown {

  private static final Logger log = LoggerFactory.getLogger(DBusShutdown.class);

  private DBusShutdown() {}

  public static void close(AbstractConnection connection) {
    try {
      connection.disconnect();
    } catch (RuntimeException unansweredCall) {
      log.debug("dbus-java could not close its connection", SafeCause.of(unansweredCall));
    } finally {
      endSender(connection);
    }
  }

  /** Gives up a share of a connection; the last one closes it. */
  static void release(DBusConnection connection) {
    try {
      connection.disconnect();
      if (connection.isConnected()) {
        return;
      }
    } catch (RuntimeException unansweredCall) {
      log.debug("dbus-java could not close its connection", SafeCause.of(unansweredCall));
    }
    endSender(connection);
  }

  /** Closes the connection of which this is the reader thread; ignores other threads. */
  public static void closeReadBy(Thread thread) {
    if (thread instanceof IncomingMessageThread reader) {
      reader.terminate(); // the interrupt in it closes the socket
      if (connection(reader) instanceof AbstractConnection connection) {
        endSender(connection);
      }
    }
  }

  /** The connection that the current thread failed to set up, if it already has a reader. */
  static @Nullable DBusConnection find(AbstractTransport transport) {
    for (Thread thread : threads(Thread.currentThread().getThreadGroup())) {
      if (thread instanceof IncomingMessageThread reader
          && connection(reader) instanceof DBusConnection connection
          && get(AbstractConnection.class, "transport", connection) == transport) {
        return connection;
      }
    }
    return null;
  }

  public static Thread[] threads(ThreadGroup group) {
    Thread[] threads = new Thread[group.activeCount() + 8];
    int count = group.enumerate(threads);
    return Arrays.copyOf(threads, count);
  }

  private static @Nullable Object connection(IncomingMessageThread reader) {
    return get(IncomingMessageThread.class, "connection", reader);
  }

  private static void endSender(AbstractConnection connection) {
    if (get(AbstractConnection.class, "senderService", connection)
        instanceof ExecutorService sender) {
      sender.shutdownNow();
    }
  }

  private static @Nullable Object get(Class<?> type, String name, Object target) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(target);
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.debug("Cannot reach the threads of a D-Bus connection", SafeCause.of(e));
      return null;
    }
  }
}
