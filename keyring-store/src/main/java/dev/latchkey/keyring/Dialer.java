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
 * NameAcquired says. The list can break of it, seen in the first connection of a JVM.
 */
final class Dialer {

  private static final int TRIES = 3;

  private Dialer() {}

  /** One try; tells what it connects by before it does. */
  interface Dial {
    DBusConnection connect(Consumer<AbstractTransport> transport) throws DBusException;
  }

  /** One try to get a share. */
  interface SharedDial {
    DBusConnection connect() throws DBusException;
  }

  /** A connection of its own. */
  static DBusConnection own() throws DBusException {
    return own(Dialer::ownTry);
  }

  static DBusConnection ownTry(Consumer<AbstractTransport> transport) throws DBusException {
    return DBusConnectionBuilder.forSessionBus()
        .withShared(false)
        .transportConfig()
        .withPreConnectCallback(transport)
        .back()
        .build();
  }

  static DBusConnection own(Dial dial) throws DBusException {
    for (int tries = 1; ; tries++) {
      AtomicReference<@Nullable AbstractTransport> transport = new AtomicReference<>();
      try {
        return dial.connect(transport::set);
      } catch (DBusException | RuntimeException e) {
        AbstractTransport left = transport.get();
        if (left != null) {
          Leftovers.end(left);
        }
        if (!isRace(e) || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  /** A share of the JVM's one connection. */
  static DBusConnection shared() throws DBusException {
    return shared(() -> DBusConnectionBuilder.forSessionBus().build());
  }

  /**
   * A try that failed has left a share that nobody gives up; the connection is good if it raced.
   */
  static DBusConnection shared(SharedDial dial) throws DBusException {
    try {
      return dial.connect();
    } catch (DBusException | RuntimeException e) {
      DBusConnection left = again(dial, e);
      left.disconnect();
      if (isRace(e)) {
        return left;
      }
      Leftovers.endIfLast(left);
      throw e;
    }
  }

  private static DBusConnection again(SharedDial dial, Exception first) throws DBusException {
    try {
      return dial.connect();
    } catch (DBusException | RuntimeException e) {
      e.addSuppressed(first);
      throw e;
    }
  }

  private static boolean isRace(Exception e) {
    return e instanceof IndexOutOfBoundsException;
  }
}
