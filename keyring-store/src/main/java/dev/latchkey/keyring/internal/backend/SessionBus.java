package dev.latchkey.keyring.internal.backend;

import dev.latchkey.error.TokenStoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.errors.Error;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.Message.Flags;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** Calls on the D-Bus session bus, each with a time limit. Used by one thread at a time. */
public final class SessionBus implements AutoCloseable {

  private static final String BUS = "org.freedesktop.DBus";
  private static final String BUS_PATH = "/org/freedesktop/DBus";
  private static final Duration SHORT = Duration.ofMillis(100);

  private final DBusConnection connection;
  private final Duration limit;
  private @Nullable MethodCall unanswered;

  private SessionBus(DBusConnection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Opens a connection. Blocks for a moment; on a bus that hangs, for as long as it hangs. */
  public static SessionBus connect(Duration limit) {
    try {
      return new SessionBus(SessionBusConnector.own(), limit);
    } catch (DBusException | RuntimeException e) {
      throw KeyringFailures.noBus(e);
    }
  }

  boolean isConnected() {
    return connection.isConnected();
  }

  /** The connection that owns a well-known name, or null if none does. */
  @Nullable String owner(String name) {
    try {
      return (String) ask(BUS, BUS_PATH, BUS, "GetNameOwner", "s", name)[0];
    } catch (Refused nobody) {
      return null;
    }
  }

  /** The owner of a name, after starting the service if possible; null if it cannot start. */
  @Nullable String ownerOrStarted(String name) {
    String owner = owner(name);
    if (owner != null || !activatable().contains(name)) {
      return owner;
    }
    try {
      ask(BUS, BUS_PATH, BUS, "StartServiceByName", "su", name, 0);
    } catch (Refused cannotStart) {
      return null;
    }
    return owner(name);
  }

  private List<String> activatable() {
    try {
      return texts(ask(BUS, BUS_PATH, BUS, "ListActivatableNames", null)[0]);
    } catch (Refused unknown) {
      return List.of();
    }
  }

  Object property(String service, String path, String type, String name) throws Refused {
    Object[] answer =
        ask(service, path, "org.freedesktop.DBus.Properties", "Get", "ss", type, name);
    return ((Variant<?>) answer[0]).getValue();
  }

  /**
   * Calls a method and waits for the answer.
   *
   * @throws Refused if the answer is an error
   * @throws TokenStoreFailure if there is no answer in time
   */
  public Object[] ask(
      String service,
      String path,
      String type,
      String method,
      @Nullable String signature,
      Object... arguments)
      throws Refused {
    awaitEarlier();
    try {
      MethodCall call = new MethodCall(service, path, type, method, (byte) 0, signature, arguments);
      connection.sendMessage(call);
      return answer(call);
    } catch (DBusException e) {
      throw new IllegalStateException("D-Bus call failed: " + method, e);
    }
  }

  /** Calls a method without waiting for an answer. */
  void tell(
      String service, String path, String type, String method, String signature, Object... args) {
    try {
      connection.sendMessage(
          new MethodCall(service, path, type, method, Flags.NO_REPLY_EXPECTED, signature, args));
    } catch (DBusException e) {
      throw new IllegalStateException("D-Bus call failed: " + method, e);
    }
  }

  /** A service that still owes an answer gets no second call: the call fails at once. */
  private void awaitEarlier() {
    MethodCall earlier = unanswered;
    if (earlier != null && connection.isConnected()) {
      if (earlier.getReply(SHORT.toMillis()) == null) {
        throw KeyringFailures.stillHangs();
      }
    }
    unanswered = null;
  }

  private Object[] answer(MethodCall call) throws Refused, DBusException {
    Message reply = call.getReply(limit.toMillis());
    if (reply == null) {
      unanswered = call;
      throw KeyringFailures.timedOut(limit);
    }
    if (reply instanceof Error) {
      throw new Refused(reply.getName());
    }
    Object[] parameters = reply.getParameters();
    return parameters == null ? new Object[0] : parameters;
  }

  DBusConnection connection() {
    return connection;
  }

  /** dbus-java returns an array as a list or as an array, depending on its place. */
  static List<String> texts(Object array) {
    List<String> texts = new ArrayList<>();
    Iterable<?> values =
        array instanceof Object[] objects ? Arrays.asList(objects) : (Iterable<?>) array;
    values.forEach(value -> texts.add(String.valueOf(value)));
    return texts;
  }

  @Override
  public void close() {
    DBusShutdown.close(connection);
  }

  /** The answer was an error; the message is its name, and never the text beside it. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(@Nullable String name) {
      super(name != null && name.matches("[A-Za-z0-9_.]{1,255}") ? name : null);
    }
  }
}
