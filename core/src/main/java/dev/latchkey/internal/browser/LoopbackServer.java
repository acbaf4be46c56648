package dev.latchkey.internal.browser;

import dev.latchkey.internal.text.SafeCause;
import dev.latchkey.internal.time.Time;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server on loopback that waits for one request, answers it and is gone. Whatever else
 * comes, it goes on waiting: other paths and methods, other names of this machine, connections that
 * send nothing, too little or without end. One daemon thread serves all connections, and none of
 * them can hold it up.
 *
 * <p>The JDK's own server (module jdk.httpserver) is not used: it logs each request line, with the
 * authorization code in it, at DEBUG. It also has no limit for one request, and its thread keeps
 * the program alive.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);

  /** Browsers open connections in advance and send nothing on them. */
  private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(10);

  /** When more come, the oldest has to go: nobody on this machine can keep the browser out. */
  private static final int MAX_CONNECTIONS = 64;

  /** Stands for no refusal. */
  private static final int ACCEPTED = 200;

  /** What a request means. Called on the thread of the server, which it must not block. */
  public interface Receiver {

    /**
     * Decides about a request to the path of the server.
     *
     * @param query as it was sent
     */
    Reaction received(String query);

    /** The server has ended by itself: no request will come. */
    void broken(Throwable failure);
  }

  /**
   * The response to a request.
   *
   * @param then if this was the request that the server waits for, what happens when the browser
   *     has its page or has hung up; null to go on waiting
   */
  public record Reaction(BrowserPage page, @Nullable Runnable then) {}

  private final List<ServerSocketChannel> sockets;
  private final Selector selector;
  private final String path;
  private final String authority;
  private final Time time;
  private final Deque<Connection> connections = new ArrayDeque<>();
  private boolean started;
  private volatile boolean closed;
  private @Nullable Connection last;
  private @Nullable Runnable then;

  private LoopbackServer(
      List<ServerSocketChannel> sockets, Selector selector, String host, String path, Time time) {
    this.sockets = sockets;
    this.selector = selector;
    this.path = path.isEmpty() ? "/" : path;
    this.authority = host + ":" + sockets.get(0).socket().getLocalPort();
    this.time = time;
  }

  /**
   * Takes a port. Nothing is accepted before {@link #start}.
   *
   * @param host {@code 127.0.0.1}, {@code [::1]} or {@code localhost}, which is both
   * @param ports the ports to try, in this order; empty for any
   * @param path where the request comes; the root if it is empty
   * @throws BindException if no port is free
   * @throws IOException if the system gives no sockets
   */
  public static LoopbackServer bind(String host, List<Integer> ports, String path, Time time)
      throws IOException {
    Selector selector = Selector.open();
    try {
      return new LoopbackServer(LoopbackPort.bind(host, ports), selector, host, path, time);
    } catch (BindException e) {
      selector.close();
      throw e;
    }
  }

  /** Host and port, as a URI has them. */
  public String authority() {
    return authority;
  }

  /** Starts to accept connections. */
  public void start(Receiver receiver) {
    Thread thread = new Thread(() -> run(receiver), "latchkey-browser");
    thread.setDaemon(true);
    thread.start();
    started = true;
  }

  /** Frees the port of a server that could not be started. */
  public void abandon() {
    if (!started) {
      release();
    }
  }

  /** Ends the server, soon. Does not block. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void run(Receiver receiver) {
    Throwable failure = null;
    try {
      for (ServerSocketChannel socket : sockets) {
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_ACCEPT);
      }
      while (!closed && (last == null || last.isOpen())) {
        selector.select(key -> serve(key, receiver));
      }
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    release();
    if (then != null) {
      then.run();
    } else if (failure != null) {
      receiver.broken(failure);
    }
  }

  private void serve(SelectionKey key, Receiver receiver) {
    if (!key.isValid()) {
      return;
    }
    if (!(key.attachment() instanceof Connection connection)) {
      accept((ServerSocketChannel) key.channel());
      return;
    }
    try {
      if (key.isWritable()) {
        connection.write();
      } else if (connection.read()) {
        answer(connection, receiver);
      }
    } catch (IOException | CancelledKeyException e) { // the browser has hung up
      connection.close();
    }
  }

  private void accept(ServerSocketChannel socket) {
    try {
      SocketChannel channel = socket.accept();
      if (channel == null) {
        return;
      }
      connections.removeIf(connection -> !connection.isOpen());
      if (connections.size() >= MAX_CONNECTIONS) {
        connections.remove().close();
      }
      connections.add(new Connection(channel, selector, time.after(MAX_REQUEST_TIME)));
    } catch (IOException e) { // no file descriptor is left: better to end than to go round for ever
      throw new IllegalStateException("no connection can be accepted", SafeCause.of(e));
    }
  }

  private void answer(Connection connection, Receiver receiver) throws IOException {
    RequestHead head = connection.head();
    int status = head == null ? 400 : refusal(head);
    if (head == null || status != ACCEPTED) {
      log.debug("answered {} to a request that is no redirect", status);
      connection.answer(BrowserPage.none(status));
      return;
    }
    Reaction reaction = receiver.received(head.query());
    if (reaction.then() != null) {
      last = connection;
      then = reaction.then();
      stopAccepting(connection);
    }
    connection.answer(reaction.page());
  }

  /** The status for a request that cannot be the redirect. */
  private int refusal(RequestHead head) {
    if (!head.host().equals(authority)) {
      // Another name for this machine: a page of another site, by DNS rebinding.
      return 421;
    }
    if (!head.path().equals(path)) {
      return 404; // favicon.ico, for example
    }
    return head.method().equals("GET") ? ACCEPTED : 405;
  }

  private void stopAccepting(Connection but) {
    for (ServerSocketChannel socket : sockets) {
      close(socket);
    }
    connections.remove(but);
    connections.forEach(Connection::close);
    connections.clear();
  }

  private void release() {
    for (ServerSocketChannel socket : sockets) {
      close(socket);
    }
    connections.forEach(Connection::close);
    if (last != null) {
      last.close();
    }
    close(selector);
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.debug("could not close a socket of the browser sign-in: {}", e.getClass().getName());
    }
  }

  /** Names the address. */
  @Override
  public String toString() {
    return "LoopbackServer[" + authority + "]";
  }
}
