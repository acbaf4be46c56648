package dev.latchkey.keyring.internal.backend;

import dev.latchkey.internal.text.SafeCause;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.errors.Error;
import org.freedesktop.dbus.errors.UnknownObject;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.MethodReturn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to and from the bus. dbus-java's own connection is not used: it starts a thread that is
 * not a daemon and that it cannot end once a call was not answered, so that a program would never
 * exit; and two of its threads race while it connects. This one has a single thread, a daemon.
 */
final class BusConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BusConnection.class);
  private static final String THREAD = "latchkey-bus";

  private final AbstractTransport transport;
  private final Map<Long, CompletableFuture<Message>> calls = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private record Listener(Consumer<DBusSignal> signals, Runnable ended) {}

  private BusConnection(AbstractTransport transport) {
    this.transport = transport;
  }

  /** Starts to read from a transport, which this connection then owns. */
  static BusConnection over(AbstractTransport transport) {
    BusConnection connection = new BusConnection(transport);
    Thread reader = new Thread(connection::read, THREAD);
    reader.setDaemon(true);
    reader.start();
    return connection;
  }

  boolean isOpen() {
    return !closed;
  }

  /**
   * Sends a call.
   *
   * @return the answer, an error of D-Bus among them; an {@link IOException} if the connection ends
   */
  CompletableFuture<Message> call(MethodCall call) throws IOException {
    CompletableFuture<Message> answer = new CompletableFuture<>();
    calls.put(call.getSerial(), answer);
    if (closed) {
      answer.completeExceptionally(ended());
    }
    send(call);
    return answer;
  }

  /** Sends a message to which there is no answer. */
  void send(Message message) throws IOException {
    synchronized (transport) {
      try {
        transport.writeMessage(message);
      } catch (IOException | RuntimeException e) {
        close();
        throw e;
      }
    }
  }

  /**
   * Passes on all signals, on the thread that reads, until the returned handle is closed.
   *
   * @param ended runs if the connection ends before, on any thread; may run more than once
   */
  Runnable listen(Consumer<DBusSignal> signals, Runnable ended) {
    Listener listener = new Listener(signals, ended);
    listeners.add(listener);
    if (closed) {
      ended.run();
    }
    return () -> listeners.remove(listener);
  }

  private void read() {
    try {
      while (!closed) {
        Message message = transport.readMessage();
        if (message != null) {
          take(message);
        }
      }
    } catch (IOException | DBusException | RuntimeException e) {
      if (!closed) {
        log.debug("The connection to the session bus ended", SafeCause.of(e));
      }
    } finally {
      close();
    }
  }

  private void take(Message message) throws IOException, DBusException {
    if (message instanceof MethodReturn || message instanceof Error) {
      CompletableFuture<Message> answer = calls.remove(message.getReplySerial());
      if (answer != null) {
        answer.complete(message);
      }
    } else if (message instanceof DBusSignal signal) {
      listeners.forEach(listener -> listener.signals().accept(signal));
    } else if (message instanceof MethodCall call) {
      send(new Error(call, new UnknownObject("This program has no objects.")));
    }
  }

  /** Ends the connection, and with it all calls under way. For any thread. */
  @Override
  public void close() {
    closed = true;
    BusDial.close(transport);
    calls.values().forEach(answer -> answer.completeExceptionally(ended()));
    calls.clear();
    listeners.forEach(listener -> listener.ended().run());
  }

  private static IOException ended() {
    return new IOException("The connection to the session bus has ended");
  }
}
