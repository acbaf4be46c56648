package dev.latchkey.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers each request with the next line of a script, and remembers what was asked. */
final class ScriptedGraph implements AutoCloseable {

  /** A request that arrived. */
  record Asked(String method, String target, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }
  }

  /** Something to do with an exchange. */
  interface Line {
    void play(HttpExchange exchange) throws IOException;
  }

  static {
    // Or the JDK's server waits 40 ms with each body for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Line> script = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private final List<String> unscripted = new CopyOnWriteArrayList<>();

  ScriptedGraph() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1.0");
  }

  /** Adds an answer to the script. */
  ScriptedGraph answer(int status, String body, String... headers) {
    return line(
        exchange -> {
          for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
          }
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  /** Adds a connection that breaks after the request came. */
  ScriptedGraph reset() {
    return line(
        exchange -> {
          exchange.getResponseHeaders().add("Connection", "close");
          throw new IOException("reset");
        });
  }

  /** Adds an answer that breaks off in its body. */
  ScriptedGraph truncated(int status, String body) {
    return line(
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length + 10L);
          exchange.getResponseBody().write(bytes);
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
  }

  /** Adds a request that is never answered. */
  ScriptedGraph hang() {
    return line(exchange -> {});
  }

  synchronized ScriptedGraph line(Line line) {
    script.add(line);
    return this;
  }

  /** What was asked so far. */
  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Line line;
    synchronized (this) {
      asked.add(
          new Asked(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
      line = script.poll();
    }
    if (line == null) {
      unscripted.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      exchange.sendResponseHeaders(599, -1);
      exchange.close();
    } else {
      line.play(exchange);
    }
  }

  /**
   * Stops it.
   *
   * @throws AssertionError if something else was asked than the script has answers for
   */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    assertThat(unscripted).as("requests without an answer in the script").isEmpty();
    synchronized (this) {
      assertThat(script).as("answers that nobody asked for").isEmpty();
    }
  }
}
