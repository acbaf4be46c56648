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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The fake servers in a process of their own, so that a program that is measured pays for itself
 * only: one that wants a poll a second, the same over TLS, and one that wants a poll a minute. Ends
 * with its standard input.
 */
final class Servers {

  static final String CERTIFICATE = "server.p12";
  static final String PASSWORD = "changeit";
  static final String UPLOADED = "uploaded.bin";

  private final FakeAuthorizationServer server;
  private final List<FakeAuthorizationServer> all;
  private final FakeDrive drive;
  private final AtomicInteger nextUser = new AtomicInteger();

  private Servers(FakeAuthorizationServer server, FakeAuthorizationServer... others) {
    this.server = server;
    this.all = List.of(server, others[0], others[1]);
    this.drive = server.graph().drive(user(0));
  }

  /** Arguments: the number of users, and a directory. */
  public static void main(String... args) throws Exception {
    int users = Integer.parseInt(args[0]);
    FakeAuthorizationServer server = start(users, Duration.ofSeconds(1));
    FakeAuthorizationServer behindTls = start(1, Duration.ofSeconds(1));
    FakeAuthorizationServer slow = start(1, Duration.ofMinutes(1));
    String tls = TlsFront.start(Path.of(args[1]), behindTls);
    HttpServer control =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Servers servers = new Servers(server, behindTls, slow);
    control.createContext("/", servers::answer);
    control.start();
    System.out.println(
        String.join(
            " ",
            "READY",
            server.baseUrl().toString(),
            tls,
            slow.baseUrl().toString(),
            server.graph().url().toString(),
            "http://127.0.0.1:" + control.getAddress().getPort(),
            servers.drive.id()));
    while (System.in.read() >= 0) {
      // until the parent ends
    }
    System.exit(0);
  }

  private static FakeAuthorizationServer start(int users, Duration interval) {
    var builder =
        FakeAuthorizationServer.builder()
            .interval(interval)
            .settings(settings -> settings.enforceInterval(false));
    for (int i = 0; i < users; i++) {
      builder.user(TestUser.of(user(i)));
    }
    return builder.start();
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
          case "/uploaded" -> uploaded();
          case "/pending" -> Integer.toString(pending());
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

  private int pending() {
    return all.stream().mapToInt(one -> one.pendingUserCodes().size()).sum();
  }

  /** Approves all that wait, each as another user where there are many. */
  private String approvePending() {
    int approved = 0;
    for (FakeAuthorizationServer one : all) {
      for (String code : one.pendingUserCodes()) {
        one.approve(code, user(one == server ? nextUser.getAndIncrement() : 0));
        approved++;
      }
    }
    return Integer.toString(approved);
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

  /** The bytes that arrived, which are forgotten: a big file is in memory here. */
  private String uploaded() {
    long size = drive.exists(UPLOADED) ? drive.size(UPLOADED) : 0;
    if (drive.exists(UPLOADED)) {
      drive.delete(UPLOADED);
    }
    return Long.toString(size);
  }

  private String clear() {
    nextUser.set(0);
    for (FakeAuthorizationServer one : all) {
      one.pendingUserCodes().forEach(one::decline);
      one.clearRequests();
    }
    return "cleared";
  }
}
