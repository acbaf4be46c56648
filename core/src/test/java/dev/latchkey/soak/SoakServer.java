package dev.latchkey.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.AuthorizationServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An authorization server that rotates refresh tokens strictly, approves every sign-in at once, and
 * fails one request in a hundred, in one of many ways.
 */
final class SoakServer {

  private static final int HANG_SECONDS = 4;

  private final HttpServer server;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(8);
  private final Random random;
  private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
  private final Set<String> deviceCodes = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> faults = new ConcurrentHashMap<>();
  private final AtomicLong refreshes = new AtomicLong();
  private final AtomicLong reuses = new AtomicLong();
  private final AtomicLong issued = new AtomicLong();
  private volatile int oneFaultIn = Integer.MAX_VALUE;

  SoakServer(long seed) throws IOException {
    random = new Random(seed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  AuthorizationServer authorizationServer() {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return AuthorizationServer.of(
        null, base.resolve("/device"), base.resolve("/token"), base.resolve("/revoke"));
  }

  /** From now on one request in this many fails. */
  void failOneIn(int requests) {
    oneFaultIn = requests;
  }

  void failNoMore() {
    oneFaultIn = Integer.MAX_VALUE;
  }

  long refreshes() {
    return refreshes.get();
  }

  /** How often a refresh token came that had been redeemed before. */
  long reuses() {
    return reuses.get();
  }

  Map<String, AtomicLong> faults() {
    return faults;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (random.nextInt(oneFaultIn) == 0) {
        fail(exchange, body);
      } else {
        String path = exchange.getRequestURI().getPath();
        String answer = answer(path, body);
        send(exchange, answer.startsWith("{\"error\"") ? 400 : 200, answer);
      }
    } catch (UncheckedIOException e) {
      exchange.close();
    }
  }

  private String answer(String path, String body) {
    if (path.equals("/device")) {
      String code = "device-" + issued.incrementAndGet();
      deviceCodes.add(code);
      return "{\"device_code\":\""
          + code
          + "\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"https://example.com/device\","
          + "\"expires_in\":300,\"interval\":1}";
    }
    if (path.equals("/revoke")) {
      refreshTokens.remove(parameter(body, "token"));
      return "{}";
    }
    if (body.contains("device_code=")) {
      return deviceCodes.remove(parameter(body, "device_code"))
          ? tokens()
          : "{\"error\":\"invalid_grant\"}";
    }
    if (!refreshTokens.remove(parameter(body, "refresh_token"))) {
      reuses.incrementAndGet();
      return "{\"error\":\"invalid_grant\"}";
    }
    refreshes.incrementAndGet();
    return tokens();
  }

  private String tokens() {
    long number = issued.incrementAndGet();
    String refreshToken = "refresh-" + number + "-" + "r".repeat(1_000);
    refreshTokens.add(refreshToken);
    return "{\"access_token\":\"access-"
        + number
        + "-"
        + "a".repeat(1_500)
        + "\",\"token_type\":\"Bearer\",\"expires_in\":60,\"refresh_token\":\""
        + refreshToken
        + "\"}";
  }

  private void fail(HttpExchange exchange, String body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int kind = random.nextInt(10);
    String name =
        switch (kind) {
          case 0 -> "503";
          case 1 -> "429";
          case 2 -> "500";
          case 3 -> "a portal's page";
          case 4 -> "closed";
          case 5 -> "closed after acting";
          case 6 -> "truncated after acting";
          case 7 -> "hang";
          case 8 -> "hang after acting";
          default -> "half a body, then a hang";
        };
    faults.computeIfAbsent(name, any -> new AtomicLong()).incrementAndGet();
    switch (kind) {
      case 0 -> send(exchange, 503, "busy");
      case 1 -> {
        exchange.getResponseHeaders().add("Retry-After", "1");
        send(exchange, 429, "{\"error\":\"slow\"}");
      }
      case 2 -> send(exchange, 500, "<html>");
      case 3 -> send(exchange, 200, "<html>Welcome</html>");
      case 4 -> exchange.close();
      case 5 -> {
        String lost = answer(path, body);
        exchange.getResponseHeaders().add("X-Lost", String.valueOf(lost.length()));
        exchange.close();
      }
      case 6 -> half(exchange, answer(path, body), 0);
      case 7 -> closeLater(exchange);
      case 8 -> {
        String lost = answer(path, body);
        exchange.getResponseHeaders().add("X-Lost", String.valueOf(lost.length()));
        closeLater(exchange);
      }
      default -> half(exchange, answer(path, body), HANG_SECONDS);
    }
  }

  private void half(HttpExchange exchange, String answer, int seconds) throws IOException {
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
    exchange.getResponseBody().flush();
    if (seconds == 0) {
      exchange.close();
    } else {
      closeLater(exchange);
    }
  }

  private void closeLater(HttpExchange exchange) {
    var unused = threads.schedule(exchange::close, HANG_SECONDS, TimeUnit.SECONDS);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String parameter(String form, String name) {
    for (String pair : form.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    return "";
  }
}
