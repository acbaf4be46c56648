package dev.latchkey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.testkit.Endpoint;
import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.TestUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The fake servers in a process of their own, so that a program that is measured pays for itself
 * only. Ends with its standard input.
 */
final class Servers {

  private final FakeAuthorizationServer server;
  private final FakeDrive drive;
  private final AtomicInteger nextUser = new AtomicInteger();

  private Servers(FakeAuthorizationServer server) {
    this.server = server;
    this.drive = server.graph().drive(user(0));
  }

  /** Argument: the number of users. */
  public static void main(String... args) throws IOException {
    var builder =
        FakeAuthorizationServer.builder()
            .interval(Duration.ofSeconds(1))
            .settings(settings -> settings.enforceInterval(false));
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      builder.user(TestUser.of(user(i)));
    }
    FakeAuthorizationServer server = builder.start();
    HttpServer control =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Servers servers = new Servers(server);
    control.createContext("/", servers::answer);
    control.start();
    System.out.println(
        String.join(
            " ",
            "READY",
            server.baseUrl().toString(),
            server.graph().url().toString(),
            "http://127.0.0.1:" + control.getAddress().getPort(),
            servers.drive.id()));
    while (System.in.read() >= 0) {
      // until the parent ends
    }
    System.exit(0);
  }

  private static String user(int number) {
    return "user" + number + "@contoso.example";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] asked = exchange.getRequestURI().getPath().split("/", -1);
    String answer =
        switch ("/" + asked[1]) {
          case "/folder" -> folder(Integer.parseInt(asked[2]));
          case "/file" -> file(Long.parseLong(asked[2]));
          case "/approve" -> approvePending();
          case "/polls" -> Integer.toString(server.requests(Endpoint.TOKEN).size());
          case "/redemptions" -> Integer.toString(server.redemptions());
          case "/clear" -> clear();
          default -> "unknown";
        };
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Approves all that wait, each as another user. */
  private String approvePending() {
    List<String> codes = server.pendingUserCodes();
    codes.forEach(code -> server.approve(code, user(nextUser.getAndIncrement())));
    return Integer.toString(codes.size());
  }

  private String folder(int items) {
    String name = "items-" + items;
    if (!drive.exists(name)) {
      drive.addManyItems(name, items);
    }
    return drive.itemId(name);
  }

  private String file(long bytes) {
    String name = "file-" + bytes + ".bin";
    return drive.exists(name) ? drive.itemId(name) : drive.addGeneratedFile(name, bytes);
  }

  private String clear() {
    nextUser.set(0);
    server.pendingUserCodes().forEach(server::decline);
    server.clearRequests();
    return "cleared";
  }
}
