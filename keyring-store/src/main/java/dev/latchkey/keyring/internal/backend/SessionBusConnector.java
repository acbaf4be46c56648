package dev.latchkey.keyring.internal.backend;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.exceptions.DBusException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the session bus in spite of a race in dbus-java 4.2.1. While it connects, two threads
 * add to its list of names: one the answer to Hello, without a lock, and one the content of the
 * signal NameAcquired. The first can then fail, as seen in the first connection of a JVM.
 */
public final class SessionBusConnector {

  private static final int MAX_TRIES = 3;

  private SessionBusConnector() {}

  /** One attempt; passes on its transport before it connects. */
  interface Dial {
    DBusConnection connect(Consumer<AbstractTransport> transport) throws DBusException;
  }

  /** A connection of the caller's own. */
  public static DBusConnection own() throws DBusException {
    return connect(transport -> dial(false, transport));
  }

  /** A share of the one connection of the JVM. */
  static DBusConnection shared() throws DBusException {
    return connect(transport -> dial(true, transport));
  }

  static DBusConnection dial(boolean shared, Consumer<AbstractTransport> transport)
      throws DBusException {
    return DBusConnectionBuilder.forSessionBus()
        .withShared(shared)
        .transportConfig()
        .withPreConnectCallback(transport)
        .back()
        .build();
  }

  /** Tries again after the race, unless interrupted; a failed attempt leaves nothing behind. */
  static DBusConnection connect(Dial dial) throws DBusException {
    for (int tries = 1; ; tries++) {
      AtomicReference<@Nullable AbstractTransport> transport = new AtomicReference<>();
      try {
        return dial.connect(transport::set);
      } catch (DBusException | RuntimeException e) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        end(transport.get());
        if (interrupted) {
          Thread.currentThread().interrupt(); // dbus-java may have cleared the flag
        }
        if (interrupted || tries == MAX_TRIES || !(e instanceof IndexOutOfBoundsException)) {
          throw e;
        }
      }
    }
  }

  private static void end(@Nullable AbstractTransport transport) {
    if (transport != null) {
      DBusConnection left = DBusShutdown.find(transport);
      if (left != null) {
        DBusShutdown.release(left);
      }
    }
  }
}
