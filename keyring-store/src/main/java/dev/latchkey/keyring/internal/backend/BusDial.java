package dev.latchkey.keyring.internal.backend;

import dev.latchkey.internal.text.SafeCause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.connections.BusAddress;
import org.freedesktop.dbus.connections.config.TransportConfig;
import org.freedesktop.dbus.connections.transports.AbstractTransport;
import org.freedesktop.dbus.connections.transports.TransportBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to one socket and authenticates, on a thread of its own: a server that accepts a
 * connection and then says nothing would hold the caller's forever.
 */
final class BusDial {

  private static final Logger log = LoggerFactory.getLogger(BusDial.class);
  private static final String THREAD = "latchkey-dial";

  private final CompletableFuture<Boolean> leaving = new CompletableFuture<>();
  private final CompletableFuture<AbstractTransport> done = new CompletableFuture<>();
  private final Thread thread;

  private BusDial(Path socket) {
    thread = new Thread(() -> run(socket), THREAD);
    thread.setDaemon(true);
  }

  /**
   * Connects.
   *
   * @param limit counts from when the socket is opened: before that, classes are loaded
   * @throws IOException if the socket cannot be opened, or the server rejects this user
   * @throws TimeoutException if the server says nothing
   */
  static AbstractTransport connect(Path socket, Duration limit)
      throws IOException, TimeoutException, InterruptedException {
    BusDial dial = new BusDial(socket);
    dial.thread.start();
    try {
      dial.leaving.get();
      return dial.done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof LinkageError broken) {
        throw broken;
      }
      throw new IllegalStateException("dbus-java cannot connect", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      dial.giveUp();
      throw e;
    }
  }

  private void run(Path socket) {
    try {
      TransportConfig config = new TransportConfig();
      config.setBusAddress(BusAddress.of("unix:path=/").addParameter("path", socket.toString()));
      config.setPreConnectCallback(transport -> leaving.complete(true));
      done.complete(TransportBuilder.create(config).build());
    } catch (IOException | DBusException | RuntimeException | Error e) {
      done.completeExceptionally(e);
    } finally {
      leaving.complete(false);
    }
  }

  /** An interrupt closes the socket under whoever reads it. */
  private void giveUp() {
    thread.interrupt();
    var unused = done.thenAccept(BusDial::close);
  }

  static void close(AbstractTransport transport) {
    try {
      transport.close();
    } catch (IOException | RuntimeException e) {
      log.debug("Closing the session bus failed", SafeCause.of(e));
    }
  }
}
