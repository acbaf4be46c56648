package dev.latchkey.keyring;

import java.lang.reflect.Field;
import java.util.concurrent.ExecutorService;
import org.freedesktop.dbus.connections.AbstractConnection;
import org.freedesktop.dbus.connections.IncomingMessageThread;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends D-Bus connections that dbus-java 4.2.1 cannot close: its {@code disconnect} breaks off with
 * a NullPointerException when a call was never answered, and java-keyring does not give away the
 * connection that it failed with. Either way a sender thread stays, which is no daemon, and the JVM
 * would never exit. On the module path this needs {@code --add-opens
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
  static void endIfLast(DBusConnection shared) {
    try {
      shared.disconnect();
    } catch (RuntimeException unansweredCall) {
      LOG.debug("dbus-java could not close its connection", unansweredCall);
      endSender(shared);
    }
  }

  /** Ends a connection of which nothing is known but its reader. */
  static void end(Thread thread) {
    if (thread instanceof IncomingMessageThread reader) {
      reader.terminate(); // its interrupt closes the socket
      if (get(IncomingMessageThread.class, "connection", reader)
          instanceof AbstractConnection connection) {
        endSender(connection);
      }
    }
  }

  private static void endSender(AbstractConnection connection) {
    if (get(AbstractConnection.class, "senderService", connection)
        instanceof ExecutorService sender) {
      sender.shutdownNow();
    }
  }

  private static Object get(Class<?> type, String name, Object target) {
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
