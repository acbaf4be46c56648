package dev.latchkey.keyring;

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
 * Ends D-Bus connections that dbus-java 4.2.1 cannot close: its {@code disconnect} breaks off with
 * a NullPointerException when a call was never answered, and neither it nor java-keyring gives away
 * the connection that it failed with. Either way a sender thread stays, which is no daemon, and the
 * JVM would never exit. On the module path this needs {@code --add-opens
 * org.freedesktop.dbus/org.freedesktop.dbus.connections=dev.latchkey.keyring}.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  static void end(AbstractConnection connection) {
    try {
      connection.disconnect();
    } catch (RuntimeException unansweredCall) {
      LOG.debug("dbus-java could not close its connection", unansweredCall);
    } finally {
      endSender(connection);
    }
  }

  /** Gives up a share of a connection; the last one ends it. */
  static void endIfLast(DBusConnection connection) {
    try {
      connection.disconnect();
      if (connection.isConnected()) {
        return;
      }
    } catch (RuntimeException unansweredCall) {
      LOG.debug("dbus-java could not close its connection", unansweredCall);
    }
    endSender(connection);
  }

  /** Ends a connection of which nothing is known but its reader. */
  static void end(Thread thread) {
    if (thread instanceof IncomingMessageThread reader) {
      reader.terminate(); // its interrupt closes the socket
      if (connection(reader) instanceof AbstractConnection connection) {
        endSender(connection);
      }
    }
  }

  /** The connection that the current thread failed to make, if it got as far as to listen. */
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

  static Thread[] threads(ThreadGroup group) {
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
      LOG.debug("Cannot end the threads of a D-Bus connection", e);
      return name;
    }
  }
}
