package dev.latchkey;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server on loopback that gives the answers that a test wrote down, path by path, in that order,
 * and no other. At the end of the test it fails on requests for which there was no answer, and on
 * answers that nobody asked for. Register it with {@code @RegisterExtension}.
 */
final class ScriptedServer implements AfterEachCallback, AutoCloseable {

  static final String THREADS = "scripted-server";

  private static final long PATIENCE_SECONDS = 20;

  /**
   * A request as it came.
   *
   * @param form the parameters of the body; one that comes twice is refused
   */
  record Request(
      String method, String path, Map<String, String> headers, Map<String, String> form) {

    /** By its name in lower case. */
    @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, Deque<Answer>> script = new HashMap<>();
  private final Map<String, Function<Request, Answer>> always = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int busy;

  ScriptedServer() {
    try {
      listener = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Writes down answers, after those that are there. */
  synchronized ScriptedServer answer(String path, Answer... answers) {
    script.computeIfAbsent(path, p -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
    return this;
  }

  /** Writes down an answer that is given whenever there is no other, needed or not. */
  ScriptedServer answerAlways(String path, Answer answer) {
    return answerBy(path, request -> answer);
  }

  /** The same with an answer that depends on the request; asked for one answer at a time. */
  synchronized ScriptedServer answerBy(String path, Function<Request, Answer> answer) {
    always.put(path, answer);
    return this;
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** Endpoints {@code /device}, {@code /token} and {@code /revoke}, without an issuer. */
  AuthorizationServer authorizationServer() {
    return AuthorizationServer.of(null, at("/device"), at("/token"), at("/revoke"));
  }

  /** What was asked at a path, query left out, so far. */
  synchronized List<Request> requests(String path) {
    return requests.stream().filter(request -> path(request.path()).equals(path)).toList();
  }

  /** Waits until there were that many. */
  synchronized List<Request> awaitRequests(String path, int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (requests(path).size() < count) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no " + count + " requests at " + path + ": " + requests);
      }
      wait(20);
    }
    return requests(path);
  }

  /** Waits until no request is being answered: a hung one until its client hung up. */
  synchronized void awaitQuiet() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (busy > 0) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("the client still waits for an answer");
      }
      wait(20);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    close();
    verify();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  synchronized void verify() {
    script.forEach(
        (path, left) -> {
          if (!left.isEmpty()) {
            complaints.add(left.size() + " answers at " + path + " that nobody asked for");
          }
        });
    if (!complaints.isEmpty()) {
      throw new AssertionError(String.join("; ", complaints));
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      Request request = read(in);
      while (request != null && answer(request, connection)) {
        request = read(in);
      }
    } catch (IOException e) {
      // The client hung up, or the test is over.
    } finally {
      connections.remove(connection);
    }
  }

  private boolean answer(Request request, Socket connection) throws IOException {
    try {
      return next(request).send(connection);
    } finally {
      synchronized (this) {
        busy--;
        notifyAll();
      }
    }
  }

  private synchronized Answer next(Request request) {
    requests.add(request);
    busy++;
    notifyAll();
    String path = path(request.path());
    Deque<Answer> left = script.get(path);
    Answer next = left == null ? null : left.poll();
    if (next == null && always.containsKey(path)) {
      next = always.get(path).apply(request);
    }
    if (next == null) {
      complaints.add("no answer for " + request.method() + " " + path);
      return Answer.page(599, "text/plain", "no answer");
    }
    return next;
  }

  private @Nullable Request read(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    String[] start = line.split(" ", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    for (line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(start[0], start[1], headers, form(new String(in.readNBytes(length), UTF_8)));
  }

  private Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.isEmpty() ? new String[0] : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], UTF_8);
      if (form.put(name, URLDecoder.decode(parts[1], UTF_8)) != null) {
        synchronized (this) {
          complaints.add("parameter " + name + " came twice");
        }
      }
    }
    return form;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(UTF_8).stripTrailing();
      }
      line.write(next);
    }
    return null;
  }

  private static String path(String pathAndQuery) {
    return pathAndQuery.replaceFirst("\\?.*", "");
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, THREADS);
    thread.setDaemon(true);
    thread.start();
  }
}
