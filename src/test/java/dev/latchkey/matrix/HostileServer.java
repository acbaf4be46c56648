package dev.latchkey.matrix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that answers as a model says, except where a fault is armed. It serves one
 * client that sends one request after another, so that the next request is known before it is read.
 */
public final class HostileServer implements AutoCloseable {

  static final String THREADS = "hostile-server";

  /** Where redirects lead that nobody should follow with a token. */
  public static final String DECOY = "/decoy";

  private static final long PATIENCE_SECONDS = 20;
  private static final int MAX_KEPT = 1 << 16;

  /**
   * A request that was read to its end.
   *
   * @param body the body; empty if it had more than 64 KiB
   */
  public record Request(String method, String target, Map<String, String> headers, String body) {

    public String path() {
      return target.replaceFirst("\\?.*", "");
    }

    /** A header by its name in lower case; empty if there is none. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** A parameter of the form; empty if there is none. */
    public String form(String name) {
      for (String pair : body.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
        }
      }
      return "";
    }
  }

  private final ServerSocket listener;
  private final Set<Socket> connections = new HashSet<>();
  private final List<Request> requests = new ArrayList<>();
  private Function<Request, GoodAnswer> model = request -> GoodAnswer.empty(599);
  private Marks marks = new Marks("no case");
  private @Nullable WireFault fault;
  private int skip;
  private int left;

  public HostileServer() throws IOException {
    listener = new ServerSocket(0, 100, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    start(this::accept);
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** The same server under another name. */
  public URI elsewhere(String path) {
    return URI.create("http://localhost:" + listener.getLocalPort() + path);
  }

  /** Begins a case. */
  public synchronized void begin(Marks ofCase, Function<Request, GoodAnswer> answers) {
    marks = ofCase;
    model = answers;
    fault = null;
    requests.clear();
  }

  /**
   * Arms a fault.
   *
   * @param after how many requests are answered before
   * @param times how many requests meet it
   */
  public synchronized void arm(WireFault next, int after, int times) {
    fault = next;
    skip = after;
    left = times;
  }

  public synchronized void disarm() {
    fault = null;
  }

  /** The requests that were read to their end. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  /**
   * Ends a case: closes all connections and waits until the client has closed them, too, so that it
   * uses none of them again.
   *
   * @return how many the client keeps open all the same
   */
  public int end() throws InterruptedException {
    disarm();
    synchronized (this) {
      for (Socket connection : connections) {
        try {
          connection.shutdownOutput();
        } catch (IOException e) {
          // Closed already.
        }
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!connections.isEmpty() && System.nanoTime() - end < 0) {
        wait(100);
      }
      int open = connections.size();
      closeAll();
      return open;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (this) {
      closeAll();
    }
  }

  private synchronized void closeAll() {
    for (Socket connection : connections) {
      try {
        connection.close();
      } catch (IOException e) {
        // Closed already.
      }
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        synchronized (this) {
          connections.add(connection);
        }
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean open = true;
      while (open) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        open = answer(in, connection);
      }
    } catch (IOException | UncheckedIOException e) {
      // The client hung up, or the case is over.
    } finally {
      synchronized (this) {
        connections.remove(connection);
        notifyAll();
      }
    }
  }

  private boolean answer(InputStream in, Socket connection) throws IOException {
    WireFault next = next();
    if (next != null && !next.reads()) {
      return next.script().play(wire(connection, "", GoodAnswer.empty(599)));
    }
    Request request = read(in);
    Function<Request, GoodAnswer> answers;
    synchronized (this) {
      requests.add(request);
      answers = model;
    }
    if (next != null) {
      String text = request.target() + request.headers() + request.body();
      Wire wire = new Wire(connection, text, () -> answers.apply(request), decoy(), marks());
      return next.script().play(wire);
    }
    GoodAnswer good = answers.apply(request);
    Wire wire = wire(connection, "", good);
    wire.write(good.wholeHead());
    wire.write(good.body());
    return true;
  }

  private Wire wire(Socket connection, String request, GoodAnswer good) {
    return new Wire(connection, request, () -> good, decoy(), marks());
  }

  private URI decoy() {
    return elsewhere(DECOY);
  }

  private synchronized Marks marks() {
    return marks;
  }

  private synchronized @Nullable WireFault next() {
    if (fault == null || skip-- > 0) {
      return null;
    }
    return left-- > 0 ? fault : null;
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", -1);
    if (start.length < 2) {
      throw new IOException("no request");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(Math.min(length, MAX_KEPT));
    in.skipNBytes(length - body.length);
    if (length > MAX_KEPT) {
      body = new byte[0];
    }
    return new Request(start[0], start[1], headers, new String(body, UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("half a request");
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  static void start(Runnable task) {
    Thread thread = new Thread(task, THREADS);
    thread.setDaemon(true);
    thread.start();
  }
}
