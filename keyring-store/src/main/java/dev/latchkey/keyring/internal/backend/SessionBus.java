package dev.latchkey.keyring.internal.backend;

import dev.latchkey.error.TokenStoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.freedesktop.dbus.errors.Error;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** Calls on the D-Bus session bus, each with a time limit. Used by one thread at a time. */
public final class SessionBus implements AutoCloseable {

  static final String BUS = "org.freedesktop.DBus";
  static final String BUS_PATH = "/org/freedesktop/DBus";
  private static final String NOBODY = "org.freedesktop.DBus.Error.NameHasNoOwner";
  private static final byte NO_REPLY = Message.Flags.NO_REPLY_EXPECTED;
  private static final Duration SHORT = Duration.ofMillis(100);

  private final BusConnection connection;
  private final Duration limit;
  private String uniqueName = "";
  private @Nullable CompletableFuture<Message> unanswered;

  SessionBus(BusConnection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /**
   * Opens a connection. Blocks for a moment, and for up to the limit if somebody listens and says
   * nothing.
   *
   * @param limit of each call
   * @throws TokenStoreFailure if no bus can be reached, which says why
   */
  public static SessionBus connect(Duration limit) {
    return BusSearch.ofThisProcess().connect(limit);
  }

  /** The first call on every connection; the bus answers with this connection's name. */
  void enter() throws Refused {
    uniqueName = String.valueOf(ask(BUS, BUS_PATH, BUS, "Hello", null)[0]);
  }

  /** For each call. */
  Duration limit() {
    return limit;
  }

  boolean isConnected() {
    return connection.isOpen();
  }

  /** The name of this connection, which no other one ever has. */
  String uniqueName() {
    return uniqueName;
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

  /**
   * Whether a sandbox stands between this program and a name that has no owner: a bus would say
   * just that, while xdg-dbus-proxy, Flatpak's, denies that the name or the question exists.
   */
  boolean isFiltered(String name) {
    try {
      ask(BUS, BUS_PATH, BUS, "ListQueuedOwners", "s", name);
      return false;
    } catch (Refused e) {
      return !NOBODY.equals(e.getMessage());
    }
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
   * @throws TokenStoreFailure if there is no answer in time, or this thread is interrupted
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
      return parameters(answer(connection.call(call)));
    } catch (DBusException | IOException e) {
      throw new IllegalStateException("D-Bus call failed: " + method, e);
    }
  }

  /** Calls a method without waiting for an answer. */
  void tell(
      String service,
      String path,
      String type,
      String method,
      @Nullable String signature,
      Object... args) {
    try {
      connection.send(new MethodCall(service, path, type, method, NO_REPLY, signature, args));
    } catch (DBusException | IOException e) {
      throw new IllegalStateException("D-Bus call failed: " + method, e);
    }
  }

  /**
   * Passes on a signal of one object, on another thread, until the returned handle is closed.
   *
   * @param ended runs if the connection ends before
   * @throws Refused if the bus does not take the subscription
   */
  Subscription listen(
      String path, String type, String member, Consumer<DBusSignal> listener, Runnable ended)
      throws Refused {
    String rule =
        "type='signal',path='" + path + "',interface='" + type + "',member='" + member + "'";
    Runnable stop =
        connection.listen(
            signal -> {
              if (path.equals(signal.getPath())
                  && type.equals(signal.getInterface())
                  && member.equals(signal.getName())) {
                listener.accept(signal);
              }
            },
            ended);
    try {
      ask(BUS, BUS_PATH, BUS, "AddMatch", "s", rule);
    } catch (Refused | RuntimeException e) {
      stop.run();
      throw e;
    }
    return () -> {
      stop.run();
      if (isConnected()) {
        tell(BUS, BUS_PATH, BUS, "RemoveMatch", "s", rule);
      }
    };
  }

  /** A service that still owes an answer gets no second call: the call fails at once. */
  private void awaitEarlier() {
    CompletableFuture<Message> earlier = unanswered;
    if (earlier != null && isConnected()) {
      try {
        await(earlier, SHORT);
      } catch (TimeoutException still) {
        throw KeyringFailures.stillHangs();
      } catch (IOException ended) {
        // then it owes nothing any more
      }
    }
    unanswered = null;
  }

  private Message answer(CompletableFuture<Message> call) throws IOException {
    try {
      return await(call, limit);
    } catch (TimeoutException e) {
      unanswered = call;
      throw KeyringFailures.timedOut(limit);
    }
  }

  private static Message await(CompletableFuture<Message> call, Duration patience)
      throws IOException, TimeoutException {
    try {
      return call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new TimeoutException();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static Object[] parameters(Message reply) throws Refused, DBusException {
    if (reply instanceof Error) {
      throw new Refused(reply.getName());
    }
    Object[] parameters = reply.getParameters();
    return parameters == null ? new Object[0] : parameters;
  }

  /** dbus-java returns an array as a list or as an array, depending on its place. */
  static List<String> texts(Object array) {
    List<String> texts = new ArrayList<>();
    Iterable<?> values =
        array instanceof Object[] objects ? Arrays.asList(objects) : (Iterable<?>) array;
    values.forEach(value -> texts.add(String.valueOf(value)));
    return texts;
  }

  /** Ends the connection, and any call under way. For any thread. */
  @Override
  public void close() {
    connection.close();
  }

  /** Signals that are passed on until this is closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** The answer was an error; the message is its name, and never the text beside it. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(@Nullable String name) {
      super(name != null && name.matches("[A-Za-z0-9_.]{1,255}") ? name : null);
    }
  }
}
