package dev.latchkey.keyring;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.exceptions.DBusException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the session bus in spite of a race in dbus-java 4.2.1: while it connects, two threads
 * add to its list of names, one the answer to Hello, which holds no lock, and one what the signal
 * NameAcquired says. The first of them can then fail, as seen in the first connection of a JVM.
 */
final class Dialer {

  private static final int TRIES = 3;

  private Dialer() {}

  /** One try; tells what it connects by before it does. */
  interface Dial {
    DBusConnection connect(Consumer<AbstractTransport> transport) throws DBusException;
  }

  /** A connection of its own. */
  static DBusConnection own() throws DBusException {
    return connect(transport -> dial(false, transport));
  }

  /** A share of the JVM's one connection. */
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

  /** Tries again after a race, unless it is interrupted; nothing stays of a try that failed. */
  static DBusConnection connect(Dial dial) throws DBusException {
    for (int tries = 1; ; tries++) {
      AtomicReference<@Nullable AbstractTransport> transport = new AtomicReference<>();
      try {
        return dial.connect(transport::set);
      } catch (DBusException | RuntimeException e) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        end(transport.get());
        if (interrupted) {
          Thread.currentThread().interrupt(); // dbus-java may have cleared it
        }
        if (interrupted || tries == TRIES || !(e instanceof IndexOutOfBoundsException)) {
          throw e;
        }
      }
    }
  }

  private static void end(@Nullable AbstractTransport transport) {
    if (transport != null) {
      DBusConnection left = Leftovers.find(transport);
      if (left != null) {
        Leftovers.endIfLast(left);
      }
    }
  }
}
